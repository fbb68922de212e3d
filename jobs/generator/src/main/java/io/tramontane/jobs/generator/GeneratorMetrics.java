package io.tramontane.jobs.generator;

import io.tramontane.pipeline.metrics.GeneratorCatalogue;
import io.tramontane.pipeline.metrics.OperatorMetrics;
import java.util.function.LongSupplier;
import java.util.function.ToDoubleFunction;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.metrics.DescriptiveStatisticsHistogram;

/**
 * A generator's figures as metrics of the same kinds as an operator's. All but the histogram are read when asked for.
 */
final class GeneratorMetrics {

    private static final int WINDOW = 100;

    private GeneratorMetrics() {}

    static void register(MetricGroup process, String generatorId, GeneratorMeter meter) {
        OperatorMetrics metrics = new OperatorMetrics(process);
        Counter tokens = counted(() -> meter.snapshot().tokens());
        metrics.counter(GeneratorCatalogue.TOKENS, tokens, generatorId);
        metrics.meter(GeneratorCatalogue.TOKENS_RATE, tokens, generatorId);
        metrics.counter(
                GeneratorCatalogue.COMPLETIONS, counted(() -> meter.snapshot().completions()), generatorId);
        metrics.gauge(GeneratorCatalogue.RUNNING, meter::running, generatorId);
        metrics.meter(GeneratorCatalogue.IDLE, millis(meter, GeneratorStatistics::idleSeconds), generatorId);
        metrics.meter(
                GeneratorCatalogue.IDLE_WITH_CREDITS,
                millis(meter, GeneratorStatistics::idleWithCreditsSeconds),
                generatorId);
        metrics.gauge(
                GeneratorCatalogue.WEIGHTS_VERSION,
                () -> meter.snapshot().weights().version(),
                generatorId);
        metrics.gauge(
                GeneratorCatalogue.WEIGHTS_INCARNATION,
                () -> meter.snapshot().weights().incarnation(),
                generatorId);
        Histogram delays = metrics.histogram(
                GeneratorCatalogue.PUBLISH_TO_ADOPT, new DescriptiveStatisticsHistogram(WINDOW), generatorId);
        meter.reportAdoptions(delays::update);
    }

    private static Counter millis(GeneratorMeter meter, ToDoubleFunction<GeneratorStatistics> seconds) {
        return counted(() -> Math.round(1_000 * seconds.applyAsDouble(meter.snapshot())));
    }

    private static Counter counted(LongSupplier count) {
        return new MeteredCount(count);
    }

    /** A count that the generator keeps itself. */
    private record MeteredCount(LongSupplier count) implements Counter {

        @Override
        public long getCount() {
            return count.getAsLong();
        }

        @Override
        public void inc() {
            throw new UnsupportedOperationException("the generator counts");
        }

        @Override
        public void inc(long by) {
            throw new UnsupportedOperationException("the generator counts");
        }

        @Override
        public void dec() {
            throw new UnsupportedOperationException("the generator counts");
        }

        @Override
        public void dec(long by) {
            throw new UnsupportedOperationException("the generator counts");
        }
    }
}
