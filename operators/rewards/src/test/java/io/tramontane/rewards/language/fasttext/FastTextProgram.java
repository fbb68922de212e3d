package io.tramontane.rewards.language.fasttext;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tramontane.rewards.language.SampleTexts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** The fastText program of the system, which trains models and says what they predict. */
final class FastTextProgram {

    private static final long LIMIT_SECONDS = 120;

    private final Path directory;

    private FastTextProgram(Path directory) {
        this.directory = directory;
    }

    /** Skips the test where there is no such program. */
    static FastTextProgram in(Path directory) throws IOException, InterruptedException {
        assumeTrue(
                new ProcessBuilder("sh", "-c", "command -v fasttext").start().waitFor() == 0,
                "this machine has no fasttext; infra/install-packages brings it");
        return new FastTextProgram(directory);
    }

    /** Training data of all languages there are, in an order drawn from a fixed seed. */
    void writeTrainingData() throws IOException {
        List<String> lines = new ArrayList<>();
        SampleTexts texts = SampleTexts.load();
        for (String language : texts.languages()) {
            texts.of(language).forEach(text -> lines.add("__label__" + language + " " + text));
        }
        Collections.shuffle(lines, new Random(7));
        Files.write(directory.resolve("train.txt"), lines);
    }

    /** Trains {@code name}.bin. */
    Path train(String name, String... options) throws IOException, InterruptedException {
        run(null, command(List.of("supervised", "-input", "train.txt", "-output", name, "-thread", "1"), options));
        return directory.resolve(name + ".bin");
    }

    /** Makes {@code name}.ftz of {@code name}.bin. */
    Path quantize(String name, String... options) throws IOException, InterruptedException {
        run(null, command(List.of("quantize", "-input", "train.txt", "-output", name, "-thread", "1"), options));
        return directory.resolve(name + ".ftz");
    }

    /** Trains word vectors, which are no classifier. */
    Path vectors(String name) throws IOException, InterruptedException {
        run(
                null,
                command(
                        List.of("skipgram", "-input", "train.txt", "-output", name, "-thread", "1"),
                        "-dim",
                        "4",
                        "-epoch",
                        "1",
                        "-bucket",
                        "100"));
        return directory.resolve(name + ".bin");
    }

    /**
     * For each line the labels and probabilities of the {@code k} likeliest: {@code __label__en 0.9 __label__de 0.1}.
     */
    List<String> predict(Path model, List<String> lines, int k) throws IOException, InterruptedException {
        Path input = Files.write(directory.resolve("predict.txt"), lines);
        return run(input, List.of("fasttext", "predict-prob", model.toString(), input.toString(), Integer.toString(k)));
    }

    private static List<String> command(List<String> common, String... options) {
        List<String> command = new ArrayList<>(List.of("fasttext"));
        command.addAll(common);
        command.addAll(List.of(options));
        return command;
    }

    private List<String> run(Path input, List<String> command) throws IOException, InterruptedException {
        Path output = directory.resolve("output.txt");
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectOutput(output.toFile())
                .redirectError(directory.resolve("errors.txt").toFile())
                .start();
        if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException("not done after " + LIMIT_SECONDS + " s: " + command);
        }
        if (process.exitValue() != 0) {
            throw new IOException(command + ": " + Files.readString(directory.resolve("errors.txt")));
        }
        return input == null ? List.of() : Files.readAllLines(output);
    }
}
