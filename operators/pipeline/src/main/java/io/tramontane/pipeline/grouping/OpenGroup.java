package io.tramontane.pipeline.grouping;

import io.tramontane.pipeline.PromptRequest;
import io.tramontane.schemas.Completion;
import io.tramontane.schemas.EncodedCompletion;
import io.tramontane.schemas.Group;
import io.tramontane.schemas.GroupFate;
import io.tramontane.schemas.ScoredCompletion;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * A group that waits for its completions. It knows which of them are not yet written to keyed state, so that a
 * checkpoint writes each completion once.
 *
 * <p>Not thread-safe.
 */
final class OpenGroup {

    /** How an offered completion relates to the group. */
    enum Offer {
        ACCEPTED,
        /** The sample is already there. */
        DUPLICATE,
        /** The completion disagrees with the group about its size. */
        OTHER_SIZE
    }

    private final ScoredCompletion[] samples;
    private final List<ScoredCompletion> unwritten = new ArrayList<>();
    private int present;
    private long bytes;
    private boolean written;

    OpenGroup(int size) {
        samples = new ScoredCompletion[size];
    }

    /** A group as keyed state holds it. */
    static OpenGroup restore(Iterable<ScoredCompletion> stored) {
        OpenGroup group = null;
        for (ScoredCompletion scored : stored) {
            if (group == null) {
                group = new OpenGroup(scored.getCompletion().getGroupSize());
            }
            group.offer(scored);
        }
        if (group == null) {
            throw new IllegalArgumentException("no completion stored");
        }
        group.markWritten();
        return group;
    }

    Offer offer(ScoredCompletion scored) {
        Completion completion = scored.getCompletion();
        if (completion.getGroupSize() != samples.length) {
            return Offer.OTHER_SIZE;
        }
        int sample = completion.getSampleIndex();
        if (samples[sample] != null) {
            return Offer.DUPLICATE;
        }
        samples[sample] = scored;
        unwritten.add(scored);
        present++;
        bytes += heapBytes(completion);
        return Offer.ACCEPTED;
    }

    boolean complete() {
        return present == samples.length;
    }

    /** Completions that keyed state does not hold yet, in order of arrival. */
    List<ScoredCompletion> unwritten() {
        return List.copyOf(unwritten);
    }

    /** Notes that keyed state holds all of the group. */
    void markWritten() {
        unwritten.clear();
        written = true;
    }

    /** Whether keyed state holds anything of the group. */
    boolean written() {
        return written;
    }

    /** Rough heap footprint of the completions, in bytes. */
    long bytes() {
        return bytes;
    }

    /** What to ask for so that the group becomes complete. */
    PromptRequest missing() {
        Completion first = Arrays.stream(samples)
                .filter(Objects::nonNull)
                .findFirst()
                .orElseThrow()
                .getCompletion();
        int[] missing = IntStream.range(0, samples.length)
                .filter(sample -> samples[sample] == null)
                .toArray();
        return new PromptRequest(first.getRunId(), first.getGroupId(), missing);
    }

    /** The group as far as it came, ordered by sample index; rewards and advantages are not summarised yet. */
    Group close(GroupFate fate) {
        List<ScoredCompletion> ordered =
                Arrays.stream(samples).filter(Objects::nonNull).toList();
        Completion first = ordered.get(0).getCompletion();
        return Group.newBuilder()
                .setGroupId(first.getGroupId())
                .setRunId(first.getRunId())
                .setProblemId(first.getProblemId())
                .setLanguage(first.getLanguage())
                .setGroupSize(samples.length)
                .setCompletions(new ArrayList<>(ordered))
                .setRewardMean(0.0)
                .setRewardStd(0.0)
                .setFate(fate)
                .build();
    }

    /** Objects and their headers come to some 1,000 bytes; a character of mostly Latin text takes one. */
    private static long heapBytes(Completion completion) {
        if (completion instanceof EncodedCompletion encoded) {
            return 1_000L + encoded.encoding().length;
        }
        return 1_000L
                + completion.getText().length()
                + completion.getProblem().length()
                + completion.getReference().length()
                + completion.getPromptTokens().remaining()
                + completion.getCompletionTokens().remaining()
                + completion.getLogProbs().remaining();
    }
}
