package io.tramontane.jobs.kernel.config.plugins;

import io.tramontane.schemas.plugin.Plugin;
import java.io.Serializable;

/** A kind of plug-in of which there is one that takes the key of its own choice. */
public interface BrokenPlugin<S extends Record & Serializable> extends Plugin<S> {

    /** It. */
    final class Greedy implements BrokenPlugin<Greedy.Settings> {

        /** Its settings. */
        public record Settings(String type) implements Serializable {}

        @Override
        public String name() {
            return "greedy";
        }

        @Override
        public Settings defaults() {
            return new Settings("");
        }
    }
}
