package io.tramontane.jobs.page.web;

import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * Tells by its Host header whether a request was meant for this server. A foreign page can make a browser ask a server
 * on loopback under a name of its own (DNS rebinding) and would then read the answers.
 */
public final class HostGuard {

    private final Set<String> names = new TreeSet<>(Set.of("localhost", "127.0.0.1", "[::1]"));

    /**
     * @param host the server is bound to
     * @param allowed further names, without ports
     */
    public HostGuard(String host, Collection<String> allowed) {
        names.add(host.toLowerCase(Locale.ROOT));
        allowed.forEach(name -> names.add(name.toLowerCase(Locale.ROOT)));
    }

    /** @param header the Host header, with or without a port; null when there is none */
    public boolean admits(String header) {
        if (header == null) {
            return false;
        }
        String host = header.toLowerCase(Locale.ROOT);
        int port = host.startsWith("[") ? host.indexOf(':', host.indexOf(']')) : host.indexOf(':');
        return names.contains(port < 0 ? host : host.substring(0, port));
    }
}
