package io.tramontane.tests.extension;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.stream.Stream;

/** An example project, built by Maven outside of our build against the jars that it would find installed. */
final class ExampleProject {

    private static final Path ROOT = Path.of("..");
    private static final String VERSION = "0.1.0-SNAPSHOT";

    private ExampleProject() {}

    static Path folder(String name) {
        return ROOT.resolve(Path.of("infra", "examples", name));
    }

    /**
     * Builds one, its tests included.
     *
     * @param name its folder among the examples
     * @param folder for a copy of it and its repository
     * @param modules folders of the modules whose jars it needs
     * @return its target folder
     */
    static Path build(String name, Path folder, String... modules) throws IOException, InterruptedException {
        Path project = copy(folder(name), folder.resolve("project"));
        Path repository = folder.resolve("repository");
        links(Path.of(System.getProperty("user.home"), ".m2", "repository"), repository);
        install(repository, "tramontane-parent", ROOT.resolve("pom.xml"), null);
        for (String module : modules) {
            Path built = ROOT.resolve(module);
            String artifact = "tramontane-" + built.getFileName();
            install(
                    repository,
                    artifact,
                    built.resolve("pom.xml"),
                    built.resolve("target").resolve(artifact + "-" + VERSION + ".jar"));
        }
        maven(project, "-Dmaven.repo.local=" + repository, "package");
        return project.resolve("target");
    }

    private static Path copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(found -> !found.startsWith(from.resolve("target")))
                    .toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        return to;
    }

    /** What has been downloaded, so that nothing is again, and none of our own artifacts is left among it. */
    private static void links(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path link = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(link);
                } else {
                    Files.createSymbolicLink(link, file);
                }
            }
        }
    }

    private static void install(Path repository, String artifact, Path pom, Path jar) throws IOException {
        Path place = Files.createDirectories(repository.resolve(Path.of("io", "tramontane", artifact, VERSION)));
        Files.copy(pom, place.resolve(artifact + "-" + VERSION + ".pom"), StandardCopyOption.REPLACE_EXISTING);
        if (jar != null) {
            Files.copy(jar, place.resolve(artifact + "-" + VERSION + ".jar"), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static void maven(Path project, String... arguments) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(Stream.concat(Stream.of("mvn", "-B", "-q", "-o"), Stream.of(arguments))
                        .toList())
                .directory(project.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
    }
}
