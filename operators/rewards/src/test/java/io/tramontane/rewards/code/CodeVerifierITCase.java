package io.tramontane.rewards.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tramontane.rewards.code.sandbox.Isolation;
import io.tramontane.schemas.Verdict;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Programs in good faith: what passes, what fails, and what is said about it. */
class CodeVerifierITCase {

    private static final String SUM = "{\"tests\": [{\"stdin\": \"1 2\\n\", \"stdout\": \"3\\n\"},"
            + " {\"stdin\": \"-5 5\", \"stdout\": \"0\"}, {\"stdin\": \"1500000000 1500000000\", \"stdout\": \"3000000000\"}]}";
    private static final String CPP_SUM = "#include <bits/stdc++.h>\nusing namespace std;\n"
            + "int main() { long long a, b; cin >> a >> b; cout << a + b << endl; }\n";

    private static CodeVerifier verifier;

    @BeforeAll
    static void start() throws Exception {
        verifier = CodeVerifier.start(CodeFixtures.settings(Isolation.AUTOMATIC));
    }

    @AfterAll
    static void stop() {
        verifier.close();
    }

    private static CodeVerdict cpp(String source, String tests) throws Exception {
        return verifier.verify(new Submission(CodeLanguage.CPP, source), TestSuite.parse(tests));
    }

    private static CodeVerdict python(String source, String tests) throws Exception {
        return verifier.verify(new Submission(CodeLanguage.PYTHON, source), TestSuite.parse(tests));
    }

    @Test
    void aRightProgramIsCorrect() throws Exception {
        CodeVerdict verdict = cpp(CPP_SUM, SUM);

        assertThat(verdict.reason()).isEqualTo("passed all 3 tests");
        assertThat(verdict.verdict()).isEqualTo(Verdict.CORRECT);
        assertThat(verdict.tests()).hasSize(3).allSatisfy(test -> {
            assertThat(test.memoryBytes()).isBetween(500_000L, 50_000_000L);
            assertThat(test.processorMillis()).isLessThan(1_000);
        });
        assertThat(python("a, b = map(int, input().split())\nprint(a + b)\nexit()\n", SUM)
                        .verdict())
                .isEqualTo(Verdict.CORRECT);
    }

    @Test
    void whatAProgramWritesOnEveryTestIsHandedOut() throws Exception {
        TestSuite suite = TestSuite.parse("{\"tests\": [{\"stdin\": \"1\", \"stdout\": \"x\"}, {\"stdin\": \"0\","
                + " \"stdout\": \"\"}, {\"stdin\": \"3\", \"stdout\": \"9\"}, {\"stdin\": \"9\", \"stdout\": \"\"}]}");
        String source = "n = int(input())\nprint('a' * 101 if n == 9 else 6 // n)\n";

        assertThat(verifier.outputs(new Submission(CodeLanguage.PYTHON, source), suite, 100))
                .as("it goes on after a wrong answer and a crash; what is too long is no output")
                .contains(List.of(Optional.of("6\n"), Optional.empty(), Optional.of("2\n"), Optional.empty()));
        assertThat(verifier.outputs(new Submission(CodeLanguage.CPP, "int main() {"), suite, 100))
                .as("it does not compile")
                .isEmpty();
    }

    @Test
    void whatAFunctionReturnsIsHandedOutAsJson() throws Exception {
        TestSuite suite =
                TestSuite.parse("{\"tests\": [{\"input\": [1, 2], \"output\": 3}, {\"input\": [0, 2], \"output\": 3}],"
                        + " \"function\": \"f\"}");
        String source = "def f(a, b):\n    print('aside')\n    return [b // a, str(b)]\n";

        assertThat(verifier.outputs(new Submission(CodeLanguage.PYTHON, source), suite, 100))
                .contains(List.of(Optional.of("[2,\"2\"]"), Optional.empty()));
        assertThat(verifier.outputs(new Submission(CodeLanguage.CPP, CPP_SUM), suite, 100))
                .as("functions are called in Python alone")
                .isEmpty();
    }

    @Test
    void theFirstFailedTestIsNamed() throws Exception {
        CodeVerdict verdict = cpp(
                "#include <iostream>\nint main() { int a, b; std::cin >> a >> b; std::cout << a + b << '\\n'; }", SUM);

        assertThat(verdict.verdict()).isEqualTo(Verdict.WRONG);
        assertThat(verdict.reason())
                .isEqualTo("test 3 of 3: wrong answer on line 1: expected '3000000000', got '-1294967296'");
        assertThat(verdict.tests())
                .extracting(TestResult::verdict)
                .containsExactly(Verdict.CORRECT, Verdict.CORRECT, Verdict.WRONG);
    }

    @Test
    void whatDoesNotCompileIsWrong() throws Exception {
        CodeVerdict cpp = cpp("int main() { return x; }", SUM);
        assertThat(cpp.verdict()).isEqualTo(Verdict.WRONG);
        assertThat(cpp.reason()).startsWith("does not compile: main.cpp:1:").contains("was not declared");

        CodeVerdict python = python("print(1\n", SUM);
        assertThat(python.verdict()).isEqualTo(Verdict.WRONG);
        assertThat(python.reason()).startsWith("does not compile: SyntaxError:");
    }

    @Test
    void crashesAndTimeOutsAreToldApart() throws Exception {
        assertThat(cpp("int main() { volatile int* p = 0; *p = 1; }", SUM).reason())
                .isEqualTo("test 1 of 3: killed by SIGSEGV");
        CodeVerdict exception = python("print([][1])", SUM);
        assertThat(exception.verdict()).isEqualTo(Verdict.CRASHED);
        assertThat(exception.reason())
                .isEqualTo("test 1 of 3: exited with code 1: IndexError: list index out of range");

        String once = "{\"time-limit\": 0.5, \"tests\": [{\"stdin\": \"\", \"stdout\": \"\"}]}";
        CodeVerdict busy = cpp("int main() { for (volatile int i = 0;; i++); }", once);
        assertThat(busy.verdict()).isEqualTo(Verdict.TIMEOUT);
        assertThat(busy.reason()).isEqualTo("test 1 of 1: used more than 0.5 s of CPU time");
        CodeVerdict idle = python("import time\ntime.sleep(60)", once);
        assertThat(idle.verdict()).isEqualTo(Verdict.TIMEOUT);
        assertThat(idle.reason()).isEqualTo("test 1 of 1: was not done after 4.5 s");
    }

    @Test
    void memoryIsMeasured() throws Exception {
        String once = "{\"tests\": [{\"stdin\": \"\", \"stdout\": \"ok\"}]}";
        String hold = "#include <bits/stdc++.h>\nint main() { std::vector<char> v(%d, 1); std::puts(\"ok\"); }";

        CodeVerdict within = cpp(hold.formatted(280_000_000), once);
        assertThat(within.reason()).isEqualTo("passed 1 test");
        assertThat(within.tests().get(0).memoryBytes()).isBetween(280_000_000L, 300_000_000L);
        CodeVerdict beyond = cpp(hold.formatted(320_000_000), once);
        assertThat(beyond.verdict()).isEqualTo(Verdict.CRASHED);
        assertThat(beyond.reason()).contains("of memory, more than 300 MB");
        assertThat(cpp(hold.formatted(1_000_000_000), once).reason()).contains("std::bad_alloc");
    }

    @Test
    void deepRecursionAndThreadsAreAllowed() throws Exception {
        String once = "{\"tests\": [{\"stdin\": \"\", \"stdout\": \"ok\"}]}";
        assertThat(cpp(
                                "#include <bits/stdc++.h>\nint f(int n) { volatile int pad[16] = {n}; return n == 0 ? 0 : f(n - 1) + pad[0]; }\n"
                                        + "int main() { f(1000000); std::thread t([] { std::puts(\"ok\"); }); t.join(); }",
                                once)
                        .reason())
                .isEqualTo("passed 1 test");
        assertThat(python(
                                "import sys, threading\nsys.setrecursionlimit(300000)\nthreading.stack_size(1 << 27)\n"
                                        + "def f(n): return 0 if n == 0 else 1 + f(n - 1)\n"
                                        + "def main():\n    f(100000)\n    print('ok')\n"
                                        + "t = threading.Thread(target=main)\nt.start()\nt.join()\n",
                                once)
                        .reason())
                .isEqualTo("passed 1 test");
    }

    @Test
    void aHarmlessCallOfTheShellFailsQuietly() throws Exception {
        String once = "{\"tests\": [{\"stdin\": \"\", \"stdout\": \"ok\"}]}";
        assertThat(cpp("#include <bits/stdc++.h>\nint main() { std::cout << \"ok\"; system(\"pause\"); }", once)
                        .reason())
                .isEqualTo("passed 1 test");
    }

    @Test
    void scratchFilesDoNotOutliveATest() throws Exception {
        String twice =
                "{\"tests\": [{\"stdin\": \"\", \"stdout\": \"False\"}, {\"stdin\": \"\", \"stdout\": \"False\"}]}";
        assertThat(python(
                                "import os\nprint(os.path.exists('/tmp/left'))\n"
                                        + "os.makedirs('/tmp/a/b')\nopen('/tmp/left', 'w').write('x')\n",
                                twice)
                        .reason())
                .isIn(
                        "passed all 2 tests",
                        "test 1 of 2: exited with code 1: PermissionError: [Errno 13] Permission denied: '/tmp/a'");
    }

    @Test
    void numbersMayBeClose() throws Exception {
        String test = "\"tests\": [{\"stdin\": \"\", \"stdout\": \"0.333333333 abc\"}]}";
        assertThat(python("print(1 / 3, 'abc')", "{\"tolerance\": 1e-6, " + test)
                        .verdict())
                .isEqualTo(Verdict.CORRECT);
        assertThat(python("print(1 / 3, 'abc')", "{" + test).verdict()).isEqualTo(Verdict.WRONG);
    }

    @Test
    void functionsAreCalled() throws Exception {
        String tests = "{\"function\": \"pairs\", \"tests\": [{\"input\": [[3, 1, 2]], \"output\": [[1, 2], [2, 3]]},"
                + " {\"input\": \"[5]\\n\", \"output\": \"[]\"}]}";
        String method = "class Solution:\n    def pairs(self, values: List[int]) -> List[Tuple[int, int]]:\n"
                + "        print('noise')\n        values = sorted(values)\n        return list(zip(values, values[1:]))\n";
        assertThat(python(method, tests).reason()).isEqualTo("passed all 2 tests");
        assertThat(python("def pairs(values):\n    return [list(p) for p in pairwise(sorted(values))]", tests)
                        .reason())
                .isEqualTo("passed all 2 tests");
        assertThat(python("def pairs(values):\n    return values", tests).reason())
                .isEqualTo("test 1 of 2: wrong answer: expected [[1,2],[2,3]], got [3,1,2]");
        assertThat(python(
                                "import os\ndef pairs(values):\n    print('{\"result\": [[1, 2], [2, 3]]}', flush=True)\n    os._exit(0)",
                                tests)
                        .verdict())
                .isEqualTo(Verdict.WRONG);
        assertThat(python("pass", tests).reason())
                .isEqualTo("test 1 of 2: exited with code 1: there is no function 'pairs'");
        assertThat(cpp(CPP_SUM, tests).verdict()).isEqualTo(Verdict.UNGRADABLE);
    }

    @Test
    void aCheckerDecides() throws Exception {
        String checker =
                "import sys\\nwanted = int(open(sys.argv[1]).read())\\ngot = open(sys.argv[2]).read().split()\\n"
                        + "assert open(sys.argv[3]).read() == 'any'\\n"
                        + "if sum(map(int, got)) != wanted:\\n    sys.exit('the sum is wrong')\\n";
        String tests = "{\"checker\": {\"language\": \"python\", \"source\": \"" + checker + "\"},"
                + "\"tests\": [{\"stdin\": \"7\", \"stdout\": \"any\"}, {\"stdin\": \"10\", \"stdout\": \"any\"}]}";
        assertThat(python("n = int(input())\nprint(1, n - 1)", tests).reason()).isEqualTo("passed all 2 tests");
        CodeVerdict wrong = cpp("#include <cstdio>\nint main() { std::puts(\"3 4\"); }", tests);
        assertThat(wrong.verdict()).isEqualTo(Verdict.WRONG);
        assertThat(wrong.reason()).isEqualTo("test 2 of 2: wrong answer: the sum is wrong");
        assertThat(python("print(1)", tests.replace("assert", "syntax error")).verdict())
                .isEqualTo(Verdict.UNGRADABLE);
    }

    @Test
    void largeInputsAndOutputsPass() throws Exception {
        String line = "123456789 ".repeat(100_000);
        String tests = "{\"tests\": [{\"stdin\": \"" + line + "\", \"stdout\": \"" + line.strip() + "\"}]}";
        assertThat(python("print(input().strip())", tests).reason()).isEqualTo("passed 1 test");
    }

    @Test
    void bytesThatAreNoTextAreCompared() throws Exception {
        String tests = "{\"tests\": [{\"stdin\": \"\", \"stdout\": \"x\"}]}";
        CodeVerdict verdict = python("import sys\nsys.stdout.buffer.write(bytes(range(256)))", tests);
        assertThat(verdict.verdict()).isEqualTo(Verdict.WRONG);
        assertThat(verdict.reason().getBytes(StandardCharsets.UTF_8)).isNotEmpty();
        assertThat(Base64.getEncoder().encodeToString(verdict.reason().getBytes(StandardCharsets.UTF_8)))
                .isNotEmpty();
    }

    @Test
    void aSettingThatNamesNoExecutableIsRefusedAtTheStart() {
        CodeSettings good = CodeFixtures.SETTINGS;
        CodeSettings bad = new CodeSettings(
                good.isolation(),
                good.languages(),
                good.testsPerCompletion(),
                good.stopAtFirstFailure(),
                good.tolerance(),
                new CppSettings(List.of("g++"), false),
                good.python(),
                good.compile(),
                good.test(),
                good.sandbox());
        assertThatThrownBy(() -> CodeVerifier.start(bad))
                .hasMessage(
                        "reward.code.cpp.command must begin with the absolute path of an executable, which 'g++' is not");
    }

    @Test
    void nothingIsLeftBehind() throws Exception {
        cpp(CPP_SUM, SUM);
        assertThat(ProcessHandle.current()
                        .descendants()
                        .map(ProcessHandle::info)
                        .map(Object::toString)
                        .collect(Collectors.toList()))
                .isEmpty();
    }
}
