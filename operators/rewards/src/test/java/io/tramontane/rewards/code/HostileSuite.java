package io.tramontane.rewards.code;

import io.tramontane.rewards.code.sandbox.Isolation;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/** Runs all hostile programs in one kind of isolation and looks whether the host is as it was. */
final class HostileSuite {

    /** The user that tests become: of the range that root's sandboxes take theirs from, the last. */
    static final int UNPRIVILEGED = 61_183;

    private static final int FIRST_OF_SANDBOXES = 60_706;
    private static final String PRECIOUS = "as it was";
    private static final int AT_ONCE = 2;
    private static final long MOST_MEMORY = 420_000_000;

    private final CodeVerifier verifier;
    private final List<String> findings = new ArrayList<>();

    private HostileSuite(CodeVerifier verifier) {
        this.verifier = verifier;
    }

    /**
     * The entry for a process of its own, which runs as another user.
     *
     * @param arguments isolation, work folder
     */
    public static void main(String[] arguments) throws Exception {
        List<String> findings = run(Isolation.valueOf(arguments[0]), Path.of(arguments[1]), false);
        findings.forEach(System.out::println);
        System.exit(findings.isEmpty() ? 0 : 1);
    }

    /**
     * What went wrong, a line each; empty if everything was contained and rightly judged.
     *
     * @param work folder of the sandbox, beside which lies what must not come into being
     * @param compilers whether sources that attack the compiler are among the programs
     */
    static List<String> run(Isolation isolation, Path work, boolean compilers) throws Exception {
        Process victim = new ProcessBuilder("sleep", "600").start();
        try (CodeVerifier verifier = CodeVerifier.start(CodeFixtures.impatient(isolation, work.toString()));
                ServerSocketChannel server = ServerSocketChannel.open()) {
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            server.configureBlocking(false);
            int port = ((InetSocketAddress) server.getLocalAddress()).getPort();
            Path outside = work.resolveSibling("written-by-a-program");
            Path precious = Files.writeString(work.resolveSibling("precious"), PRECIOUS);
            FileTime written = Files.getLastModifiedTime(precious);
            List<HostileProgram> programs = new ArrayList<>(
                    HostileProgram.whenRun(port, victim.pid(), outside.toString(), precious.toString()));
            if (compilers) {
                programs.addAll(HostileProgram.againstTheCompiler());
            }
            HostileSuite suite = new HostileSuite(verifier);
            suite.judge(programs);
            suite.expect(server.accept() == null, "somebody connected to the host");
            suite.expect(victim.isAlive(), "a process of the host was killed");
            suite.expect(Files.notExists(outside), "a file was written outside");
            suite.expect(Files.readString(precious).equals(PRECIOUS), "a file outside was changed");
            suite.expect(Files.getLastModifiedTime(precious).equals(written), "the time of a file outside was changed");
            suite.expectNothingLeft(victim, work);
            return suite.findings;
        } finally {
            victim.destroyForcibly().waitFor();
        }
    }

    private void judge(List<HostileProgram> programs) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(AT_ONCE);
        try {
            Collection<Callable<Void>> tasks = new ArrayList<>();
            for (HostileProgram program : programs) {
                tasks.add(() -> {
                    judge(program);
                    return null;
                });
            }
            for (Future<Void> task : pool.invokeAll(tasks)) {
                task.get();
            }
        } finally {
            pool.shutdownNow();
        }
    }

    private void judge(HostileProgram program) throws Exception {
        String test = "{\"stdin\": \"\", \"stdout\": \"" + HostileProgram.EXPECTED + "\"}";
        TestSuite twice = TestSuite.parse("{\"tests\": [" + test + ", " + test + "]}");
        CodeVerdict verdict = verifier.verify(program.submission(), twice);
        expect(
                program.verdicts().contains(verdict.verdict()),
                program + ": " + verdict.verdict() + ", " + verdict.reason());
        for (TestResult result : verdict.tests()) {
            expect(result.memoryBytes() < MOST_MEMORY, program + " used " + result.memoryBytes() + " bytes");
        }
        if (Boolean.getBoolean("tramontane.hostile.print")) {
            System.out.println(program + ": " + verdict.verdict() + ", " + verdict.reason());
        }
    }

    private void expectNothingLeft(Process victim, Path work) throws IOException {
        List<ProcessHandle.Info> left = ProcessHandle.current()
                .descendants()
                .filter(process -> process.pid() != victim.pid())
                .map(ProcessHandle::info)
                .toList();
        expect(left.isEmpty(), "processes are left: " + left);
        try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
            List<Path> strangers = processes
                    .filter(process -> process.getFileName().toString().matches("\\d+"))
                    .filter(HostileSuite::belongsToASandbox)
                    .toList();
            expect(strangers.isEmpty(), "processes of the sandbox's users are left: " + strangers);
        }
        try (Stream<Path> files = Files.list(work)) {
            List<Path> boxes = files.filter(
                            file -> file.getFileName().toString().startsWith("box-"))
                    .toList();
            expect(boxes.isEmpty(), "boxes are left: " + boxes);
        }
    }

    private static boolean belongsToASandbox(Path process) {
        try {
            int user = (Integer) Files.getAttribute(process, "unix:uid");
            int self = (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
            return self == 0 && user >= FIRST_OF_SANDBOXES && user < UNPRIVILEGED;
        } catch (IOException e) {
            return false;
        }
    }

    private synchronized void expect(boolean holds, String finding) {
        if (!holds) {
            findings.add(finding);
        }
    }
}
