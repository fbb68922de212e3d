package io.tramontane.jobs.commands;

import io.tramontane.jobs.cli.ConfigOptions;
import io.tramontane.jobs.kernel.failure.RunFailure;
import io.tramontane.jobs.run.config.TramontaneConfig;
import io.tramontane.kafka.AdminConnection;
import io.tramontane.kafka.security.Role;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.kafka.common.acl.AclBinding;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Lists what the parts of a run must be allowed to do on the brokers, or allows it. */
@Command(
        name = "access",
        description = {
            "List the access control entries a run needs, the least for each role, or create them (--apply).",
            "To apply, the configuration must hold an administrator's login."
        },
        mixinStandardHelpOptions = true)
final class AccessCommand implements Callable<Integer> {

    private static final String LINE = "%-24s %-17s %-9s %-40s %s%n";

    @Parameters(paramLabel = "RUN", description = "The run's id.")
    private String run;

    @Mixin
    private ConfigOptions options = new ConfigOptions();

    @Option(
            names = "--principal",
            paramLabel = "ROLE=PRINCIPAL",
            description = {
                "Who plays a role (operator, job, generator, reader), as in job=User:trainer; may be repeated.",
                "With none, all roles are listed under their own names; with some, only these."
            })
    private Map<Role, String> principals = new EnumMap<>(Role.class);

    @Option(names = "--apply", description = "Create the entries that are missing.")
    private boolean apply;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        if (principals.isEmpty()) {
            if (apply) {
                throw new RunFailure("--apply needs at least one --principal ROLE=PRINCIPAL");
            }
            for (Role role : Role.values()) {
                principals.put(role, "User:" + role.label());
            }
        }
        List<AclBinding> bindings = new ArrayList<>();
        principals.forEach((role, principal) -> bindings.addAll(role.bindings(run, principal)));
        print(bindings);
        if (apply) {
            create(bindings);
        }
        return 0;
    }

    private void print(List<AclBinding> bindings) {
        PrintWriter out = spec.commandLine().getOut();
        out.printf(LINE, "principal", "resource", "pattern", "name", "may");
        for (AclBinding binding : bindings) {
            out.printf(
                    LINE,
                    binding.entry().principal(),
                    binding.pattern().resourceType(),
                    binding.pattern().patternType(),
                    binding.pattern().name(),
                    binding.entry().operation());
        }
        out.flush();
    }

    private void create(List<AclBinding> bindings) {
        TramontaneConfig config = options.applyTo(TramontaneConfig.loader()).load();
        if (config.kafka().embedded()) {
            throw new RunFailure("kafka.bootstrap-servers must name the brokers on which access is to be allowed");
        }
        try (AdminConnection connection = AdminConnection.open(config.kafka())) {
            connection.await(connection.admin().createAcls(bindings).all());
        }
        spec.commandLine().getOut().printf("allowed %d%n", bindings.size());
    }
}
