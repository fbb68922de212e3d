package io.tramontane.jobs.run.local;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.tramontane.jobs.kernel.config.ConfigWriter;
import io.tramontane.jobs.kernel.folder.RunDirectory;
import io.tramontane.jobs.page.dashboard.Dashboard;
import io.tramontane.jobs.page.facts.RunFacts;
import io.tramontane.jobs.page.report.HeldOutWatch;
import io.tramontane.jobs.run.config.TramontaneConfig;
import io.tramontane.jobs.run.console.RunConsole;
import io.tramontane.jobs.topology.Fork;
import io.tramontane.kafka.KafkaSettings;
import io.tramontane.policy.tokenizer.PolicyTokenizer;
import java.net.URI;
import java.util.Optional;
import java.util.function.Supplier;

/** The page of a run, if it wants one. */
public final class RunPage implements AutoCloseable {

    private final Optional<Dashboard> dashboard;

    private RunPage(Optional<Dashboard> dashboard) {
        this.dashboard = dashboard;
    }

    /**
     * Serves it while the run goes on in this process, unless the configuration says otherwise, and notes where its
     * services are for who looks from another process.
     *
     * @param tokenizer the policy's; it must stay open as long as the page
     */
    static RunPage of(
            TramontaneConfig config, RunDirectory directory, LocalServices services, PolicyTokenizer tokenizer) {
        URI flink = services.flink().webAddress();
        new RunServices(services.kafka().bootstrapServers(), flink.toString()).write(directory);
        if (!config.page().enabled()) {
            return new RunPage(Optional.empty());
        }
        Dashboard page =
                serve(config, Optional.of(directory), services.kafka(), Optional.of(flink), Optional.of(tokenizer));
        return new RunPage(Optional.of(page));
    }

    /**
     * Serves the page of a run wherever it goes on.
     *
     * @param directory the run's folder, where there is one
     * @param kafka the brokers to use
     * @param flink the address of Flink's REST interface, where it is known
     * @param tokenizer the policy's, where it is at hand; it must stay open as long as the page
     * @throws io.tramontane.jobs.page.web.DashboardException when its port is taken
     */
    public static Dashboard serve(
            TramontaneConfig config,
            Optional<RunDirectory> directory,
            KafkaSettings kafka,
            Optional<URI> flink,
            Optional<PolicyTokenizer> tokenizer) {
        return Dashboard.start(
                config.page(),
                new RunFacts(
                        config.run().id(),
                        config.training().maximumSteps(),
                        kafka,
                        flink,
                        ConfigWriter.toYaml(config),
                        directory
                                .flatMap(known -> Fork.in(known.fork()))
                                .map(fork -> fork.point().toString()),
                        directory.map(RunPage::heldOut).orElse(RunFacts.NOTHING_MEASURED),
                        tokenizer.map(known -> known::decode)));
    }

    private static Supplier<ArrayNode> heldOut(RunDirectory directory) {
        return new HeldOutWatch(directory.root());
    }

    /** Says where it is. */
    void announce(RunConsole console) {
        dashboard.ifPresent(page -> console.say("run page", "%s", page.address()));
    }

    @Override
    public void close() {
        dashboard.ifPresent(Dashboard::close);
    }
}
