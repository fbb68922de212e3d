package io.tramontane.jobs.lab.throughput;

import com.fasterxml.jackson.databind.JsonNode;
import io.tramontane.jobs.kernel.files.Json;
import io.tramontane.jobs.page.dashboard.Dashboard;
import io.tramontane.jobs.page.facts.RunFacts;
import io.tramontane.jobs.page.web.PageSettings;
import io.tramontane.kafka.KafkaSettings;
import io.tramontane.kafka.records.RecordProducer;
import io.tramontane.kafka.topics.Topic;
import io.tramontane.kafka.topics.TopicAdmin;
import io.tramontane.rewards.correctness.CorrectnessGrader;
import io.tramontane.rewards.language.LanguageGrader;
import io.tramontane.schemas.Completion;
import io.tramontane.schemas.Group;
import io.tramontane.schemas.GroupFate;
import io.tramontane.schemas.RewardComponent;
import io.tramontane.schemas.ScoredCompletion;
import io.tramontane.schemas.Verdict;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * How long the run page's questions take over a large run: writes a topic of finished groups, lets the page index it,
 * and asks what a person would.
 */
public final class PageBenchmark {

    private static final int ASKED = 40;
    /** The thousandth or so of all completions holds it. */
    private static final String RARE = "problem-12345";

    private final KafkaSettings kafka;
    private final String runId;
    private final long groups;
    private final HttpClient client = HttpClient.newHttpClient();

    /**
     * What a question took.
     *
     * @param name of the interaction
     * @param median milliseconds
     * @param slowest milliseconds
     */
    public record Interaction(String name, double median, double slowest) {}

    /**
     * The result.
     *
     * @param indexSeconds until all groups were in the index
     * @param indexBytes of the heap that it keeps
     */
    public record Result(long completions, double indexSeconds, long indexBytes, List<Interaction> interactions) {}

    /** @param groups of 16 completions each */
    public PageBenchmark(KafkaSettings kafka, String runId, long groups) {
        this.kafka = kafka;
        this.runId = runId;
        this.groups = groups;
    }

    /**
     * Writes, indexes and asks.
     *
     * @param progress receives messages on what goes on
     * @param afterwards is given the page's address and the result while the page is still served
     */
    public Result run(Consumer<String> progress, WhileServed afterwards) throws IOException, InterruptedException {
        try (TopicAdmin topics = new TopicAdmin(kafka)) {
            topics.createMissing(runId);
        }
        progress.accept("writing " + groups + " groups");
        write();
        progress.accept("indexing");
        long before = usedBytes();
        PageSettings settings = new PageSettings(true, "127.0.0.1", 0, List.of());
        RunFacts facts = new RunFacts(
                runId, 0, kafka, Optional.empty(), "", Optional.empty(), RunFacts.NOTHING_MEASURED, Optional.empty());
        try (Dashboard page = Dashboard.start(settings, facts)) {
            long started = System.nanoTime();
            while (ask(page.address(), "api/rollouts?limit=1").get("groups").asLong() < groups) {
                Thread.sleep(200);
            }
            double seconds = (System.nanoTime() - started) / 1e9;
            long bytes = Math.max(0, usedBytes() - before);
            progress.accept("asking");
            Result result =
                    new Result(groups * CompletionSequence.GROUP_SIZE, seconds, bytes, interactions(page.address()));
            afterwards.accept(page.address(), result);
            return result;
        }
    }

    /** What is done while the page is still served. */
    @FunctionalInterface
    public interface WhileServed {
        void accept(URI page, Result result) throws InterruptedException;
    }

    private List<Interaction> interactions(URI page) throws IOException, InterruptedException {
        List<Interaction> interactions = new ArrayList<>();
        interactions.add(measure("list, unfiltered", page, ask -> "api/rollouts"));
        interactions.add(
                measure("list, a page further back", page, ask -> "api/rollouts?before=" + groups * ask / ASKED));
        interactions.add(measure("filter: crashed verifier", page, ask -> "api/rollouts?mark=CRASHED"));
        interactions.add(
                measure("filter: right, wrong language", page, ask -> "api/rollouts?mark=RIGHT&mark=WRONG_LANGUAGE"));
        interactions.add(measure("open a group", page, ask -> "api/group?id=" + (groups - 1) * ask / ASKED));
        interactions.add(measure("search, common text", page, ask -> "api/rollouts?text=boxed"));
        interactions.add(measure(
                "search, rare text, a round",
                page,
                ask -> "api/rollouts?text=" + RARE + "&before=" + groups * (ask + 1) / ASKED));
        return interactions;
    }

    /** The question of each round. */
    @FunctionalInterface
    private interface Question {
        String path(long ask);
    }

    private Interaction measure(String name, URI page, Question question) throws IOException, InterruptedException {
        double[] millis = new double[ASKED];
        for (int ask = 0; ask < ASKED; ask++) {
            long from = System.nanoTime();
            ask(page, question.path(ask));
            millis[ask] = (System.nanoTime() - from) / 1e6;
        }
        Arrays.sort(millis);
        return new Interaction(name, millis[ASKED / 2], millis[ASKED - 1]);
    }

    private JsonNode ask(URI page, String path) throws IOException, InterruptedException {
        HttpResponse<byte[]> answer = client.send(
                HttpRequest.newBuilder(page.resolve("/" + path)).build(), HttpResponse.BodyHandlers.ofByteArray());
        if (answer.statusCode() != 200) {
            throw new IOException(path + " answered " + answer.statusCode());
        }
        return Json.parse(answer.body());
    }

    private void write() {
        try (RecordProducer<Group> producer = new RecordProducer<>(kafka, Topic.GROUPS, runId, Group.class)) {
            List<ScoredCompletion> open = new ArrayList<>();
            // One lane: the completions of a group come one behind the other.
            new CompletionSequence(runId, groups, 1).forEach(completion -> {
                open.add(scored(completion));
                if (open.size() == CompletionSequence.GROUP_SIZE) {
                    producer.send(completion.getGroupId(), group(completion, open));
                    open.clear();
                }
            });
            producer.flush();
        }
    }

    private static Group group(Completion any, List<ScoredCompletion> completions) {
        return Group.newBuilder()
                .setGroupId(any.getGroupId())
                .setRunId(any.getRunId())
                .setProblemId(any.getProblemId())
                .setLanguage(any.getLanguage())
                .setGroupSize(completions.size())
                .setCompletions(List.copyOf(completions))
                .setRewardMean(0.5)
                .setRewardStd(0.5)
                .setFate(GroupFate.TRAINABLE)
                .build();
    }

    /** One in a thousand has crashed its verifier, one in three is right, one in five in the wrong language. */
    private static ScoredCompletion scored(Completion completion) {
        int lot = Math.floorMod(completion.getCompletionId().hashCode(), 3_000);
        Verdict correctness = lot < 3 ? Verdict.CRASHED : lot % 3 == 0 ? Verdict.CORRECT : Verdict.WRONG;
        Verdict language = lot % 5 == 0 ? Verdict.WRONG : Verdict.CORRECT;
        return new ScoredCompletion(
                completion,
                0.5,
                List.of(
                        new RewardComponent(CorrectnessGrader.NAME, 0.5, correctness, "as the lot has it", 10L),
                        new RewardComponent(LanguageGrader.NAME, 0.1, language, "as the lot has it", 10L)),
                0.0);
    }

    private static long usedBytes() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
