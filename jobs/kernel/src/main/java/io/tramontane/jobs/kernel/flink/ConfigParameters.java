package io.tramontane.jobs.kernel.flink;

import io.tramontane.jobs.kernel.config.ConfigWriter;
import java.util.Map;
import org.apache.flink.api.common.ExecutionConfig.GlobalJobParameters;

/** The configuration as the Flink UI shows it, under "Configuration" of the job. */
public final class ConfigParameters extends GlobalJobParameters {

    private static final long serialVersionUID = 1L;

    private final Map<String, String> values;

    public ConfigParameters(Record config) {
        this.values = ConfigWriter.flat(config);
    }

    @Override
    public Map<String, String> toMap() {
        return values;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ConfigParameters parameters && values.equals(parameters.values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }
}
