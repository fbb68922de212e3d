package io.tramontane.jobs.lab.checkpoint;

import io.tramontane.jobs.lab.checkpoint.TrainerTimeline.Activity;
import io.tramontane.jobs.lab.checkpoint.TrainerTimeline.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * What checkpoints cost the trainer.
 *
 * <p>The trainer's thread either computes or it does not. A pause is a time between two computations, less what such a
 * time takes without checkpoints; the longest one in the life of a checkpoint, from its trigger to the trainer's
 * acknowledgement, is the pause that checkpoint caused, whatever the reason.
 */
public final class CheckpointReport {

    private static final long NANOS_A_MILLISECOND = 1_000_000;

    /** One checkpoint as Flink recorded it for the trainer; times in milliseconds, the first two since the epoch. */
    record TrainerCheckpoint(
            long triggered,
            long acknowledged,
            long bytes,
            long synchronous,
            long asynchronous,
            long startDelay,
            long alignment) {

        private boolean covers(Span span) {
            return span.end() >= triggered * NANOS_A_MILLISECOND
                    && span.begin() <= (acknowledged + 1) * NANOS_A_MILLISECOND;
        }
    }

    private final List<Span> undisturbed;
    private final List<Span> disturbed;
    private final List<TrainerCheckpoint> checkpoints;
    private final Distribution idle;
    private final Distribution pauses;

    /** @param warmUp steps without checkpoints that do not count */
    CheckpointReport(int warmUp, List<Span> undisturbed, List<Span> disturbed, List<TrainerCheckpoint> checkpoints) {
        this.undisturbed = afterSteps(undisturbed, warmUp);
        this.disturbed = disturbed;
        this.checkpoints = checkpoints;
        this.idle = Distribution.of(gaps(this.undisturbed).stream().map(Span::milliseconds));
        List<Span> gaps = gaps(disturbed);
        this.pauses = Distribution.of(checkpoints.stream()
                .map(checkpoint -> gaps.stream()
                        .filter(checkpoint::covers)
                        .mapToDouble(gap -> gap.milliseconds() - idle.median())
                        .max()
                        .orElse(0)));
    }

    /** The longest time a checkpoint kept the trainer from training, milliseconds. */
    public double longestPause() {
        return pauses.maximum();
    }

    private static List<Span> afterSteps(List<Span> spans, int steps) {
        int seen = 0;
        for (int index = 0; index < spans.size(); index++) {
            seen += spans.get(index).activity() == Activity.OPTIMIZER ? 1 : 0;
            if (seen > steps) {
                return spans.subList(index + 1, spans.size());
            }
        }
        return spans;
    }

    /** Between the end of a micro-batch or a published step and the begin of the next micro-batch. */
    private static List<Span> gaps(List<Span> spans) {
        List<Span> gaps = new ArrayList<>();
        for (int index = 1; index < spans.size(); index++) {
            Span before = spans.get(index - 1);
            Span after = spans.get(index);
            boolean nothingBetween = before.activity() == Activity.MICRO_BATCH || before.activity() == Activity.PUBLISH;
            if (nothingBetween && after.activity() == Activity.MICRO_BATCH) {
                gaps.add(new Span(Activity.MICRO_BATCH, before.end(), after.begin()));
            }
        }
        return gaps;
    }

    /** From the copy on the host to the hand-over: serialisation, hash and checksums. */
    private static Stream<Double> digests(List<Span> spans) {
        List<Double> times = new ArrayList<>();
        for (int index = 1; index < spans.size(); index++) {
            if (spans.get(index).activity() == Activity.PUBLISH) {
                times.add((spans.get(index).begin() - spans.get(index - 1).end()) / (double) NANOS_A_MILLISECOND);
            }
        }
        return times.stream();
    }

    private static Stream<Double> times(List<Span> spans, Activity activity) {
        return spans.stream().filter(span -> span.activity() == activity).map(Span::milliseconds);
    }

    private Stream<Double> recorded(ToDoubleFunction<TrainerCheckpoint> figure) {
        return checkpoints.stream().mapToDouble(figure).boxed();
    }

    private List<Span> besideCheckpoints() {
        return disturbed.stream()
                .filter(span -> checkpoints.stream().anyMatch(checkpoint -> checkpoint.covers(span)))
                .toList();
    }

    @Override
    public String toString() {
        List<Span> beside = besideCheckpoints();
        double bytes = recorded(TrainerCheckpoint::bytes)
                .mapToDouble(Double::doubleValue)
                .max()
                .orElse(0);
        return String.format(Locale.ROOT, "%d checkpoints of %.0f MB%n", checkpoints.size(), bytes / 1e6)
                + line("synchronous part", Distribution.of(recorded(TrainerCheckpoint::synchronous)))
                + line("asynchronous part", Distribution.of(recorded(TrainerCheckpoint::asynchronous)))
                + line("barrier waited", Distribution.of(recorded(TrainerCheckpoint::startDelay)))
                + line("alignment", Distribution.of(recorded(TrainerCheckpoint::alignment)))
                + line("training paused", pauses)
                + line("  without, between two", idle)
                + line("micro-batch", Distribution.of(times(beside, Activity.MICRO_BATCH)))
                + line("  without", Distribution.of(times(undisturbed, Activity.MICRO_BATCH)))
                + "a step beside its micro-batches, without checkpoints\n"
                + line("  optimizer", Distribution.of(times(undisturbed, Activity.OPTIMIZER)))
                + line("  copy to the host", Distribution.of(times(undisturbed, Activity.COPY)))
                + line("  bytes, hash, sums", Distribution.of(digests(undisturbed)))
                + line("  hand-over to Kafka", Distribution.of(times(undisturbed, Activity.PUBLISH)));
    }

    private static String line(String title, Distribution distribution) {
        return String.format(Locale.ROOT, "  %-24s %s%n", title, distribution);
    }

    /** Milliseconds. */
    private record Distribution(double median, double ninetieth, double maximum, int count) {

        static Distribution of(Stream<Double> times) {
            List<Double> sorted = times.sorted().toList();
            return sorted.isEmpty()
                    ? new Distribution(0, 0, 0, 0)
                    : new Distribution(
                            quantile(sorted, 0.5), quantile(sorted, 0.9), sorted.get(sorted.size() - 1), sorted.size());
        }

        /** Nearest rank. */
        private static double quantile(List<Double> sorted, double share) {
            return sorted.get((int) Math.ceil(share * sorted.size()) - 1);
        }

        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "median %8.1f ms, 90%% %8.1f ms, longest %8.1f ms (of %d)",
                    median,
                    ninetieth,
                    maximum,
                    count);
        }
    }
}
