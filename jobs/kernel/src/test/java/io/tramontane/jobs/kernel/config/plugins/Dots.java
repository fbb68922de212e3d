package io.tramontane.jobs.kernel.config.plugins;

import io.tramontane.schemas.plugin.NoSettings;

public final class Dots implements PatternPlugin<NoSettings> {

    @Override
    public String name() {
        return "dots";
    }

    @Override
    public NoSettings defaults() {
        return new NoSettings();
    }
}
