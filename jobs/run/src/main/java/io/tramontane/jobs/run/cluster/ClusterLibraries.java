package io.tramontane.jobs.run.cluster;

import io.tramontane.jobs.kernel.failure.RunFailure;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the processes of a cluster run with: the job's jar and the list that its build writes beside it, which
 * {@code infra/docker/assemble} lays out in images too. Page, laboratory and the other commands are not in it.
 */
public final class ClusterLibraries {

    private static final String JAR = "tramontane-jobs.jar";
    private static final String LIST = "classpath.txt";
    /** What a user adds to the class path, which on another cluster goes into {@code lib/}. */
    private static final String ADDED = "TRAMONTANE_CLASS_PATH";

    private final List<Path> entries;

    private ClusterLibraries(List<Path> entries) {
        this.entries = List.copyOf(entries);
    }

    /**
     * Those of the distribution that this process was started from, and what the user added to it.
     *
     * @throws RunFailure when the list is not there
     */
    static ClusterLibraries installed() {
        Path jar = entries(System.getProperty("java.class.path"))
                .filter(entry -> entry.endsWith(JAR))
                .findFirst()
                .orElseThrow(() -> new RunFailure("a cluster needs " + JAR
                        + ", which is not on the class path; build it with: mvn -pl jobs/commands -am package"));
        List<Path> all = new ArrayList<>(beside(jar).entries);
        entries(System.getenv().getOrDefault(ADDED, "")).forEach(all::add);
        return new ClusterLibraries(all);
    }

    /**
     * Those of a job's jar.
     *
     * @throws RunFailure when the list is not there
     */
    public static ClusterLibraries beside(Path jar) {
        Path list = jar.resolveSibling(LIST);
        try {
            return new ClusterLibraries(Stream.concat(
                            Stream.of(jar.toAbsolutePath()),
                            entries(Files.readString(list).strip()))
                    .toList());
        } catch (IOException e) {
            throw new RunFailure("the list of a cluster's libraries cannot be read: " + list, e);
        }
    }

    private static Stream<Path> entries(String classPath) {
        return Arrays.stream(classPath.split(File.pathSeparator))
                .filter(entry -> !entry.isEmpty())
                .map(entry -> Path.of(entry).toAbsolutePath());
    }

    /** For {@code java -cp}. */
    public String classPath() {
        return entries.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }

    /**
     * Makes {@code folder} hold a link to each library and nothing else.
     *
     * @return the links in the order of the list; a folder of classes stays where it is
     * @throws RunFailure when that cannot be done, or two libraries have one name
     */
    ClusterLibraries linkInto(Path folder) {
        Map<String, Path> wanted = new LinkedHashMap<>();
        List<Path> linked = new ArrayList<>();
        for (Path entry : entries) {
            String name = entry.getFileName().toString();
            if (Files.isDirectory(entry)) {
                linked.add(entry);
            } else if (wanted.put(name, entry) == null) {
                linked.add(folder.toAbsolutePath().resolve(name));
            } else {
                throw new RunFailure("a cluster would have two libraries of one name: " + name);
            }
        }
        try {
            Files.createDirectories(folder);
            removeOthers(folder, wanted);
            for (Map.Entry<String, Path> library : wanted.entrySet()) {
                Path link = folder.resolve(library.getKey());
                if (!Files.exists(link)) {
                    Files.createSymbolicLink(link, library.getValue());
                }
            }
        } catch (IOException e) {
            throw new RunFailure("cannot link the libraries into " + folder + ": " + e.getMessage(), e);
        }
        return new ClusterLibraries(linked);
    }

    /** Libraries of another build, and links that lead nowhere. */
    private static void removeOthers(Path folder, Map<String, Path> wanted) throws IOException {
        try (Stream<Path> present = Files.list(folder)) {
            for (Path link : present.toList()) {
                Path library = wanted.get(link.getFileName().toString());
                if (library == null || !Files.exists(link) || !Files.isSameFile(link, library)) {
                    Files.delete(link);
                }
            }
        }
    }
}
