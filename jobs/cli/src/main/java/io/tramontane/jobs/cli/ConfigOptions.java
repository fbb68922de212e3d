package io.tramontane.jobs.cli;

import io.tramontane.jobs.kernel.config.ConfigLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** The options by which every command is configured. */
public final class ConfigOptions {

    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            description = "YAML file with the settings that differ from the defaults (keys: jobs/CONFIGURATION.md).")
    private Path file;

    @Option(
            names = {"-s", "--set"},
            paramLabel = "KEY=VALUE",
            description = "One setting, over the file's; may be repeated.")
    private List<String> settings = new ArrayList<>();

    /** Adds the file, then the single settings. */
    public <R extends Record> ConfigLoader<R> applyTo(ConfigLoader<R> loader) {
        if (file != null) {
            loader.file(file);
        }
        settings.forEach(loader::set);
        return loader;
    }
}
