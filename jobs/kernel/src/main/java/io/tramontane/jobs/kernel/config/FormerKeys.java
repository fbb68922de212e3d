package io.tramontane.jobs.kernel.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Keys in which releases differ, so that what was written for one is understood. A stored configuration of a run takes
 * the new key's name and goes on; in a user's own file the former key is refused, and the line says what to write.
 *
 * <p>{@code former-keys.yaml} lists them: a renamed key with its new name, a retired one with the reason, and one that
 * came later with what a stored configuration without it means, where that is not the default of new runs.
 *
 * <pre>
 * training.loss.cap: {now: training.loss.ratio-cap}
 * training.threads: {retired: "the trainer takes as many as it needs"}
 * training.arithmetic: {before: 1}
 * </pre>
 */
final class FormerKeys {

    private static final String NOW = "now";
    private static final String RETIRED = "retired";
    private static final String BEFORE = "before";

    /**
     * A key that is gone.
     *
     * @param now its new name; empty when it is retired
     * @param reason why it was retired
     */
    private record Former(String path, Optional<String> now, String reason) {

        String message() {
            return now.map(name -> "is now " + name + "; write that")
                    .orElseGet(() -> "is no longer a setting: " + reason + "; remove the line");
        }
    }

    private final List<Former> keys = new ArrayList<>();
    private final Map<String, ConfigNode> before = new LinkedHashMap<>();

    /** @throws IllegalStateException when an entry says neither where the key went nor why */
    FormerKeys(ConfigNode.Section list) {
        list.entries().forEach((path, node) -> {
            if (node instanceof ConfigNode.Section section && section.entries().containsKey(BEFORE)) {
                before.put(path, section.entries().get(BEFORE));
                return;
            }
            Optional<String> now = text(node, NOW);
            Optional<String> reason = text(node, RETIRED);
            if (now.isPresent() == reason.isPresent()) {
                throw new IllegalStateException(path + " must say one of 'now', 'retired' and 'before'");
            }
            keys.add(new Former(path, now, reason.orElse("")));
        });
    }

    private static Optional<String> text(ConfigNode node, String key) {
        return node instanceof ConfigNode.Section section
                        && section.entries().get(key) instanceof ConfigNode.Scalar scalar
                ? Optional.of(scalar.text())
                : Optional.empty();
    }

    /** What a user has written, without the former keys in it, each of which is a problem. */
    ConfigNode.Section refuse(ConfigNode.Section written, List<ConfigProblem> problems) {
        ConfigNode.Section left = written;
        for (Former key : keys) {
            Optional<ConfigNode> found = left.find(key.path());
            if (found.isPresent()) {
                problems.add(new ConfigProblem(found.get().origin(), key.path(), key.message()));
                left = left.without(key.path());
            }
        }
        return left;
    }

    /** What a release has stored, with today's names and with what it meant; what is retired is left out. */
    ConfigNode.Section renew(ConfigNode.Section stored) {
        ConfigNode.Section renewed = stored;
        for (Map.Entry<String, ConfigNode> key : before.entrySet()) {
            if (renewed.find(key.getKey()).isEmpty()) {
                renewed = renewed.mergedWith(ConfigNode.at(key.getKey(), key.getValue()));
            }
        }
        for (Former key : keys) {
            Optional<ConfigNode> found = renewed.find(key.path());
            if (found.isPresent()) {
                renewed = renewed.without(key.path());
                if (key.now().isPresent()) {
                    renewed = renewed.mergedWith(ConfigNode.at(key.now().get(), found.get()));
                }
            }
        }
        return renewed;
    }
}
