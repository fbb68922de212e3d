package io.tramontane.pipeline.batching;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.HistogramStatistics;

/**
 * A histogram of lags, small whole numbers, each with a number of tokens: over the batch being filled and the one
 * before it. Exact, in a counter for each lag; a sample of values would show single tokens. Thread-safe.
 */
final class TokenLagMetrics implements Histogram {

    private Map<Long, Long> before = new TreeMap<>();
    private Map<Long, Long> current = new TreeMap<>();
    private long count;

    /** So many tokens have this lag. */
    synchronized void update(long lag, long tokens) {
        current.merge(lag, tokens, Long::sum);
        count += tokens;
    }

    /** What comes from now on is of the next batch. */
    synchronized void nextBatch() {
        before = current;
        current = new TreeMap<>();
    }

    @Override
    public void update(long lag) {
        update(lag, 1);
    }

    /** Tokens since the start of the task. */
    @Override
    public synchronized long getCount() {
        return count;
    }

    @Override
    public synchronized HistogramStatistics getStatistics() {
        TreeMap<Long, Long> tokensByLag = new TreeMap<>(before);
        current.forEach((lag, tokens) -> tokensByLag.merge(lag, tokens, Long::sum));
        return new Statistics(tokensByLag);
    }

    private static final class Statistics extends HistogramStatistics {

        private final TreeMap<Long, Long> tokensByLag;
        private final long tokens;

        private Statistics(TreeMap<Long, Long> tokensByLag) {
            this.tokensByLag = tokensByLag;
            tokens = tokensByLag.values().stream().mapToLong(Long::longValue).sum();
        }

        @Override
        public double getQuantile(double quantile) {
            long rank = (long) Math.ceil(quantile * tokens);
            long passed = 0;
            for (Map.Entry<Long, Long> entry : tokensByLag.entrySet()) {
                passed += entry.getValue();
                if (passed >= rank) {
                    return entry.getKey();
                }
            }
            return 0;
        }

        /** One value a lag, however many tokens have it. */
        @Override
        public long[] getValues() {
            List<Long> lags = new ArrayList<>(tokensByLag.keySet());
            return lags.stream().mapToLong(Long::longValue).toArray();
        }

        @Override
        public int size() {
            return (int) Math.min(Integer.MAX_VALUE, tokens);
        }

        @Override
        public double getMean() {
            double sum = 0;
            for (Map.Entry<Long, Long> entry : tokensByLag.entrySet()) {
                sum += (double) entry.getKey() * entry.getValue();
            }
            return tokens == 0 ? 0 : sum / tokens;
        }

        @Override
        public double getStdDev() {
            double mean = getMean();
            double sum = 0;
            for (Map.Entry<Long, Long> entry : tokensByLag.entrySet()) {
                sum += (entry.getKey() - mean) * (entry.getKey() - mean) * entry.getValue();
            }
            return tokens < 2 ? 0 : Math.sqrt(sum / (tokens - 1));
        }

        @Override
        public long getMax() {
            return tokensByLag.isEmpty() ? 0 : tokensByLag.lastKey();
        }

        @Override
        public long getMin() {
            return tokensByLag.isEmpty() ? 0 : tokensByLag.firstKey();
        }
    }
}
