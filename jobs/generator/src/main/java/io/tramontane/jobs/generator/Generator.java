package io.tramontane.jobs.generator;

import io.tramontane.kafka.prompts.LeasedPrompt;
import io.tramontane.kafka.prompts.PromptQueue;
import io.tramontane.kafka.weights.WeightsSubscriber;
import io.tramontane.kafka.weights.WeightsSubscriber.ReceivedWeights;
import io.tramontane.policy.TensorSpec;
import io.tramontane.policy.Weights;
import io.tramontane.policy.generation.GeneratedSequence;
import io.tramontane.policy.generation.GenerationEngine;
import io.tramontane.policy.generation.GenerationRequest;
import io.tramontane.policy.tokenizer.PolicyTokenizer;
import io.tramontane.schemas.Completion;
import io.tramontane.schemas.FinishReason;
import io.tramontane.schemas.Identity;
import io.tramontane.schemas.PackedNumbers;
import io.tramontane.schemas.Prompt;
import io.tramontane.schemas.SamplingSettings;
import io.tramontane.schemas.WeightSpan;
import io.tramontane.schemas.WeightsVersion;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.apache.flink.metrics.MetricGroup;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Samples completions without ever waiting for a trainer (Magistral §3): prompts come from a share group, every running
 * sequence gets one token a round, new weights are adopted between two rounds with the sequences and their KV cache
 * kept, and a completion is published the moment it ends.
 *
 * <p>A prompt is acknowledged once the broker has all its completions. A generator that dies before leaves the prompt
 * to another one, which samples the same ids again; admission recognises those that had arrived. A broker that goes
 * away stops nothing: what was sampled meanwhile is written when it is back, and a prompt whose lease it has forgotten
 * joins the group in progress when it comes again.
 *
 * <p>Memory is bounded by the settings: {@code leasedGroups} groups with their prompts, {@code slots} sequences with
 * their caches, the bytes of {@link CompletionPublisher#hasRoom()}, and one version of the weights that waits.
 *
 * <p>{@link #run()} owns everything it touches and is called by one thread; {@link #stop()} and {@link #statistics()}
 * may be called by any.
 */
public final class Generator implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(Generator.class);
    private static final Duration WAIT_WHEN_IDLE = Duration.ofMillis(20);
    private static final long PAUSE_NANOS = Duration.ofMillis(1).toNanos();

    private final String generatorId;
    private final long runSeed;
    private final GeneratorSettings settings;
    private final PolicyTokenizer tokenizer;
    private final GenerationEngine engine;
    private final PromptQueue prompts;
    private final WeightsSubscriber weights;
    private final CompletionPublisher publisher;
    private final Clock clock;
    private final GeneratorMeter meter = new GeneratorMeter(System::nanoTime);

    /** By group id: leased, not yet acknowledged; at most as many as may be leased. */
    private final Map<String, GroupInProgress> groups = new HashMap<>();
    /** Groups with samples that have no slot yet, in the order of their prompts. */
    private final Deque<GroupInProgress> waiting = new ArrayDeque<>();

    private WeightsVersion version = WeightsVersion.BASE;
    private volatile boolean stopped;
    private volatile boolean abandoned;

    /** Its parts stay the caller's, who closes them after {@link #run()} has returned. */
    public Generator(
            String generatorId,
            long runSeed,
            GeneratorSettings settings,
            PolicyTokenizer tokenizer,
            GenerationEngine engine,
            PromptQueue prompts,
            WeightsSubscriber weights,
            CompletionPublisher publisher,
            Clock clock) {
        this.generatorId = generatorId;
        this.runSeed = runSeed;
        this.settings = settings;
        this.tokenizer = tokenizer;
        this.engine = engine;
        this.prompts = prompts;
        this.weights = weights;
        this.publisher = publisher;
        this.clock = clock;
    }

    /**
     * Samples until {@link #stop()}. Leased prompts that are unfinished then go back to the queue.
     *
     * @throws IllegalStateException when the broker refuses a completion; one that is away is waited for
     */
    @Override
    public void run() {
        meter.start();
        while (!stopped) {
            adoptNewestWeights();
            fetchPrompts();
            fillSlots();
            if (engine.running() > 0 && publisher.hasRoom()) {
                int sequences = engine.running();
                engine.step().forEach(this::publish);
                meter.busy(sequences);
            } else {
                // Prompts, acknowledgements or the weights a prompt asks for are on their way. While the broker takes
                // no completions the sequences stand still, so that memory is bounded and leases go on being renewed.
                LockSupport.parkNanos(PAUSE_NANOS);
                meter.idle();
            }
            acknowledgeFinishedGroups();
        }
        if (!abandoned) {
            groups.values().forEach(group -> group.leases().forEach(prompts::release));
        }
    }

    /** As {@link #stop()}, but what is leased is neither acknowledged nor released, as after a crash. */
    public void abandon() {
        abandoned = true;
        stopped = true;
    }

    /** Asks {@link #run()} to return after the round in progress. */
    public void stop() {
        stopped = true;
    }

    public GeneratorStatistics statistics() {
        return meter.snapshot();
    }

    /** Registers what it does in the group of its process, by its id; before {@link #run()}. */
    public void register(MetricGroup process) {
        GeneratorMetrics.register(process, generatorId, meter);
    }

    private void adoptNewestWeights() {
        weights.poll().ifPresent(this::adopt);
    }

    private void adopt(ReceivedWeights received) {
        List<TensorSpec> specs = received.payload().tensors().stream()
                .map(tensor -> new TensorSpec(tensor.getName(), tensor.getShape()))
                .toList();
        engine.swap(Weights.fromBytes(specs, received.payload().data()), received.version());
        version = received.version();
        meter.adopted(version, clock.millis() - received.publishedAt());
        LOG.debug("adopted weights {}", version);
    }

    private void fetchPrompts() {
        prompts.renewAll();
        int room = settings.leasedGroups() - groups.size();
        if (room <= 0) {
            return;
        }
        Duration timeout = engine.running() == 0 && groups.isEmpty() ? WAIT_WHEN_IDLE : Duration.ZERO;
        for (LeasedPrompt lease : prompts.poll(timeout, room)) {
            Prompt prompt = lease.prompt();
            meter.promptArrived(clock.millis() - lease.timestamp());
            // A prompt comes twice when the scheduler was restarted, when samples are missing, or when a lease was lost
            // and the group goes on all the same: the group in progress answers for all of them when it is done.
            GroupInProgress group = groups.computeIfAbsent(
                    prompt.getGroupId(), id -> new GroupInProgress(prompt, tokenizer.encode(prompt.getProblem())));
            boolean waits = group.hasUnstarted();
            group.join(lease);
            if (!waits && group.hasUnstarted()) {
                waiting.add(group);
            }
        }
    }

    private void fillSlots() {
        int free = engine.freeSlots();
        while (free > 0 && !waiting.isEmpty()) {
            GroupInProgress group = waiting.peek();
            Prompt prompt = group.prompt();
            if (prompt.getMinimumVersion() > version.version()) {
                return;
            }
            SamplingSettings sampling = prompt.getSampling();
            while (free > 0 && group.hasUnstarted()) {
                String id = group.start(clock.millis());
                engine.submit(new GenerationRequest(
                        id,
                        group.promptTokens(),
                        sampling.getMaxNewTokens(),
                        sampling.getTemperature(),
                        Identity.seed(runSeed, id)));
                free--;
            }
            if (!group.hasUnstarted()) {
                waiting.remove();
            }
        }
    }

    private void publish(GeneratedSequence sequence) {
        String groupId = sequence.id().substring(0, sequence.id().lastIndexOf('/'));
        GroupInProgress group = groups.get(groupId);
        Prompt prompt = group.prompt();
        int[] tokens = sequence.tokens();
        publisher.publish(Completion.newBuilder()
                .setCompletionId(sequence.id())
                .setGroupId(groupId)
                .setRunId(prompt.getRunId())
                .setSampleIndex(group.sampleIndex(sequence.id()))
                .setGroupSize(prompt.getGroupSize())
                .setProblemId(prompt.getProblemId())
                .setProblem(prompt.getProblem())
                .setReference(prompt.getReference())
                .setLanguage(prompt.getLanguage())
                .setText(tokenizer.decode(sequence.truncated() ? tokens : Arrays.copyOf(tokens, tokens.length - 1)))
                .setPromptTokens(PackedNumbers.ints(sequence.promptTokens()))
                .setCompletionTokens(PackedNumbers.ints(tokens))
                .setLogProbs(PackedNumbers.floats(sequence.logProbs()))
                .setSpans(spans(sequence))
                .setFinishReason(sequence.truncated() ? FinishReason.LENGTH : FinishReason.STOP)
                .setGeneratorId(generatorId)
                .setStartedAt(group.startedAt(sequence.id()))
                .setFinishedAt(clock.millis())
                .setVerifier(prompt.getVerifier())
                .setStage(prompt.getStage())
                .setTemperature(sequence.temperature())
                .build());
        meter.completed(tokens.length);
    }

    private static List<WeightSpan> spans(GeneratedSequence sequence) {
        List<WeightSpan> spans = new ArrayList<>();
        sequence.spans()
                .forEach(span -> spans.add(new WeightSpan(
                        span.version().incarnation(), span.version().version(), span.start(), span.end())));
        return spans;
    }

    private void acknowledgeFinishedGroups() {
        for (String groupId : publisher.drainDurable()) {
            if (groups.get(groupId).acknowledgeOne()) {
                groups.remove(groupId).leases().forEach(prompts::acknowledge);
            }
        }
    }
}
