package io.tramontane.rewards.code;

import io.tramontane.schemas.Verdict;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * A program that attacks the sandbox. It prints {@code contained} when its attack has failed, which is the expected
 * output, and {@code escaped} when it has not; many never come to that.
 *
 * @param name of the attack
 * @param submission the program
 * @param verdicts the right ones: CORRECT only where the program lives on to say that it was contained
 */
record HostileProgram(String name, Submission submission, Set<Verdict> verdicts) {

    static final String EXPECTED = "contained";

    private static final String CPP_PRELUDE = """
            #include <bits/stdc++.h>
            #include <arpa/inet.h>
            #include <fcntl.h>
            #include <linux/seccomp.h>
            #include <sched.h>
            #include <signal.h>
            #include <sys/mman.h>
            #include <sys/mount.h>
            #include <sys/prctl.h>
            #include <sys/ptrace.h>
            #include <sys/resource.h>
            #include <sys/shm.h>
            #include <sys/socket.h>
            #include <sys/stat.h>
            #include <sys/syscall.h>
            #include <sys/un.h>
            #include <sys/wait.h>
            #include <unistd.h>
            using namespace std;
            int say(bool escaped) { puts(escaped ? "escaped" : "contained"); fflush(stdout); return 0; }
            """;

    @Override
    public String toString() {
        return name;
    }

    private static HostileProgram cpp(String name, String body, Verdict... verdicts) {
        return raw(name, CPP_PRELUDE + body, verdicts);
    }

    private static HostileProgram raw(String name, String source, Verdict... verdicts) {
        return new HostileProgram(name, new Submission(CodeLanguage.CPP, source), Set.copyOf(Arrays.asList(verdicts)));
    }

    private static HostileProgram python(String name, String source, Verdict... verdicts) {
        return new HostileProgram(
                name, new Submission(CodeLanguage.PYTHON, source), Set.copyOf(Arrays.asList(verdicts)));
    }

    /**
     * Programs that attack when they run.
     *
     * @param port on which somebody listens on the host's loopback
     * @param victim id of a process on the host that must live
     * @param outside file on the host that must not come into being
     * @param precious file on the host that must stay as it is
     */
    static List<HostileProgram> whenRun(int port, long victim, String outside, String precious) {
        return List.of(
                // Processes
                cpp("fork bomb", "int main() { for (;;) fork(); }", Verdict.CRASHED),
                cpp(
                        "fork bomb by clone",
                        "int main() { for (;;) syscall(SYS_clone, SIGCHLD, 0, 0, 0, 0); }",
                        Verdict.CRASHED),
                cpp(
                        "bomb of threads",
                        "int main() { vector<thread> all; try { for (;;) all.emplace_back([] { pause(); }); }"
                                + " catch (...) { say(all.size() > 250); _exit(0); } }",
                        Verdict.CORRECT),
                python("fork bomb in Python", "import os\nwhile True:\n    os.fork()\n", Verdict.CRASHED),
                python(
                        "processes in Python",
                        "import subprocess\nsubprocess.run(['/bin/sh', '-c', 'sleep 60 &'])\nprint('escaped')\n",
                        Verdict.CRASHED),
                cpp(
                        "daemon that keeps the output open",
                        "int main() { if (fork() == 0) { setsid(); if (fork() == 0) sleep(3600); } return say(false); }",
                        Verdict.CRASHED),
                cpp(
                        "eight children of 250 MB",
                        "int main() { for (int i = 0; i < 8; i++) if (fork() == 0) {"
                                + " memset(malloc(250 << 20), 1, 250 << 20); sleep(60); } sleep(1); return say(true); }",
                        Verdict.CRASHED),
                // Memory
                cpp("10 GB", "int main() { vector<char> all(10LL << 30, 1); return say(true); }", Verdict.CRASHED),
                cpp(
                        "10 GB bit by bit",
                        "int main() { for (;;) { void* p = malloc(1 << 20); if (!p) abort(); memset(p, 1, 1 << 20); } }",
                        Verdict.CRASHED),
                cpp(
                        "shared memory",
                        "int main() { bool e = shmget(IPC_PRIVATE, 1 << 30, 0600) >= 0; e |= memfd_create(\"x\", 0) >= 0;"
                                + " return say(e); }",
                        Verdict.CORRECT),
                cpp(
                        "endless recursion",
                        "int f(volatile int n) { volatile char pad[4096]; pad[n % 4096] = 1; return f(n + 1) + pad[0]; }"
                                + " int main() { return f(0); }",
                        Verdict.CRASHED,
                        Verdict.TIMEOUT),
                python("10 GB in Python", "x = bytearray(10 << 30)\nprint('escaped')\n", Verdict.CRASHED),
                // Time
                cpp("sleep", "int main() { sleep(3600); return say(true); }", Verdict.TIMEOUT),
                cpp("endless loop", "int main() { for (volatile int i = 0;; i++); }", Verdict.TIMEOUT),
                cpp(
                        "endless loop that ignores its signals",
                        "int main() { for (int s = 1; s < 65; s++) signal(s, SIG_IGN); for (volatile int i = 0;; i++); }",
                        Verdict.TIMEOUT),
                cpp(
                        "endless loop that raises its limits",
                        "int main() { rlimit all = {RLIM_INFINITY, RLIM_INFINITY}; setrlimit(RLIMIT_CPU, &all);"
                                + " for (volatile int i = 0;; i++); }",
                        Verdict.TIMEOUT),
                // Output and files
                cpp("endless output", "int main() { for (;;) puts(\"contained\"); }", Verdict.CRASHED),
                python(
                        "endless output in Python",
                        "while True:\n    print('contained')\n",
                        Verdict.CRASHED,
                        Verdict.TIMEOUT),
                cpp(
                        "filling /tmp",
                        "int main() { string block(1 << 20, 'x'); long written = 0;"
                                + " for (int i = 0; i < 200; i++) { int f = open((\"/tmp/f\" + to_string(i)).c_str(), O_CREAT | O_WRONLY, 0600);"
                                + " for (int j = 0; j < 8; j++) { long n = write(f, block.data(), block.size()); if (n > 0) written += n; } }"
                                + " return say(written > 70'000'000); }",
                        Verdict.CORRECT),
                cpp(
                        "a million empty files",
                        "int main() { int made = 0; for (int i = 0; i < 20000; i++)"
                                + " made += mknod((\"/tmp/f\" + to_string(i)).c_str(), S_IFREG | 0600, 0) == 0"
                                + " || close(open((\"/tmp/g\" + to_string(i)).c_str(), O_CREAT | O_WRONLY, 0600)) == 0;"
                                + " return say(made > 2000); }",
                        Verdict.CORRECT),
                python(
                        "writing outside",
                        ("escaped = False\n"
                                        + "for path in ['OUTSIDE', '/etc/x', '/usr/x', '/box/main', '/box/x', '/x', '/dev/shm/x', '/var/tmp/x']:\n"
                                        + "    try:\n        open(path, 'w').write('x')\n        escaped = True\n"
                                        + "    except OSError:\n        pass\n"
                                        + "print('escaped' if escaped else 'contained')\n")
                                .replace("OUTSIDE", outside),
                        Verdict.CORRECT),
                cpp(
                        "changing files outside",
                        ("int main() { auto p = \"PRECIOUS\"; bool e = chmod(p, 0777) == 0; e |= truncate(p, 0) == 0;"
                                        + " e |= open(p, O_RDONLY | O_TRUNC) >= 0; e |= open(p, O_RDONLY) >= 0; timespec t[2] = {};"
                                        + " e |= utimensat(AT_FDCWD, p, t, 0) == 0; e |= chown(p, getuid(), getgid()) == 0;"
                                        + " e |= unlink(p) == 0; e |= rename(p, \"/tmp/x\") == 0; e |= link(p, \"/tmp/y\") == 0;"
                                        + " return say(e); }")
                                .replace("PRECIOUS", precious),
                        Verdict.CORRECT),
                python(
                        "links to the outside",
                        "import os\nescaped = False\n"
                                + "for target in ['/etc/shadow', '/proc/self/environ', '/root']:\n"
                                + "    try:\n        os.symlink(target, '/tmp/link')\n    except OSError:\n        pass\n"
                                + "    try:\n        open('/tmp/link').read()\n        escaped = True\n    except OSError:\n        pass\n"
                                + "    try:\n        os.unlink('/tmp/link')\n    except OSError:\n        pass\n"
                                + "print('escaped' if escaped else 'contained')\n",
                        Verdict.CORRECT),
                cpp(
                        "reading secrets",
                        "int main() { bool e = false; for (auto p : {\"/etc/shadow\", \"/etc/passwd\", \"/proc/self/maps\", \"/proc/1/environ\","
                                + " \"/proc/self/environ\", \"/root/.bashrc\", \"/sys/kernel/notes\", \"/dev/mem\", \"/dev/sda\", \"/dev/vda\"})"
                                + " { char c; int f = open(p, O_RDONLY); e |= f >= 0 && read(f, &c, 1) > 0; } return say(e); }",
                        Verdict.CORRECT),
                python(
                        "reading the host's processes",
                        "import os\ntry:\n    found = any(name.isdigit() for name in os.listdir('/proc'))\n"
                                + "except OSError:\n    found = False\nprint('escaped' if found else 'contained')\n",
                        Verdict.CORRECT),
                cpp(
                        "the host's environment",
                        "extern char** environ; int main() { bool e = false; for (char** v = environ; *v; v++)"
                                + " e |= strstr(*v, \"PATH=/usr/bin:/bin\") == 0 && strncmp(*v, \"LANG\", 4) && strncmp(*v, \"HOME\", 4)"
                                + " && strncmp(*v, \"MALLOC\", 6) && strncmp(*v, \"PYTHONHASH\", 10); return say(e); }",
                        Verdict.CORRECT),
                // Network
                cpp(
                        "network to loopback",
                        ("int main() { bool e = false; for (int kind : {SOCK_STREAM, SOCK_DGRAM}) { int s = socket(AF_INET, kind, 0);"
                                        + " sockaddr_in to = {AF_INET, htons(PORT), {htonl(INADDR_LOOPBACK)}};"
                                        + " e |= s >= 0 && connect(s, (sockaddr*) &to, sizeof to) == 0; }"
                                        + " e |= socket(AF_UNIX, SOCK_STREAM, 0) >= 0; e |= socket(AF_NETLINK, SOCK_RAW, 0) >= 0; return say(e); }")
                                .replace("PORT", Integer.toString(port)),
                        Verdict.CORRECT),
                python(
                        "network in Python",
                        ("import socket\ntry:\n    socket.create_connection(('127.0.0.1', PORT), 1)\n    print('escaped')\n"
                                        + "except OSError:\n    print('contained')\n")
                                .replace("PORT", Integer.toString(port)),
                        Verdict.CORRECT),
                // System calls
                cpp(
                        "ptrace",
                        "int main() { bool e = ptrace(PTRACE_TRACEME, 0, 0, 0) == 0; e |= ptrace(PTRACE_ATTACH, getppid(), 0, 0) == 0;"
                                + " return say(e); }",
                        Verdict.CORRECT),
                cpp(
                        "signals to others",
                        ("int main() { bool e = false; for (int p : {-1, 1, (int) getppid(), VICTIM, -VICTIM})"
                                        + " for (int s : {SIGTERM, SIGKILL, SIGSTOP}) { if (p == 0) continue; e |= kill(p, s) == 0;"
                                        + " e |= p > 0 && syscall(SYS_tgkill, p, p, s) == 0; } return say(e); }")
                                .replace("VICTIM", Long.toString(victim)),
                        Verdict.CORRECT),
                cpp(
                        "signals by way of a file's owner",
                        ("int main() { int p[2]; pipe(p); bool e = fcntl(p[0], F_SETOWN, VICTIM) == 0; fcntl(p[0], F_SETSIG, SIGKILL);"
                                        + " fcntl(p[0], F_SETFL, O_ASYNC); write(p[1], \"x\", 1); return say(e); }")
                                .replace("VICTIM", Long.toString(victim)),
                        Verdict.CORRECT),
                cpp(
                        "limits of others",
                        "int main() { rlimit none = {0, 0}; return say(prlimit(getppid() ? getppid() : 1, RLIMIT_CPU, &none, 0) == 0); }",
                        Verdict.CORRECT),
                cpp(
                        "nested namespaces",
                        "int main() { bool e = false; for (int f : {CLONE_NEWUSER, CLONE_NEWNS, CLONE_NEWPID, CLONE_NEWNET}) e |= unshare(f) == 0;"
                                + " e |= mount(\"none\", \"/tmp\", \"tmpfs\", 0, 0) == 0; e |= chroot(\"/tmp\") == 0; return say(e); }",
                        Verdict.CORRECT),
                cpp(
                        "nested namespaces by clone",
                        "int main() { syscall(SYS_clone, CLONE_NEWUSER | SIGCHLD, 0, 0, 0, 0); return say(true); }",
                        Verdict.CRASHED),
                cpp(
                        "io_uring and other doors of the kernel",
                        "int main() { bool e = false; char space[4096] = {}; for (long n : {425L, 426L, 427L, (long) SYS_bpf,"
                                + " (long) SYS_perf_event_open, (long) SYS_userfaultfd, (long) SYS_keyctl, (long) SYS_add_key,"
                                + " (long) SYS_process_vm_readv, (long) SYS_seccomp, (long) SYS_memfd_create, (long) SYS_personality,"
                                + " (long) SYS_open_by_handle_at, (long) SYS_clone3, (long) SYS_setns})"
                                + " e |= syscall(n, 0, space, 0, 0, 0, 0) >= 0; return say(e); }",
                        Verdict.CORRECT),
                cpp(
                        "capabilities",
                        "int main() { bool e = setuid(0) == 0; e |= prctl(PR_SET_PDEATHSIG, 0) == 0; e |= prctl(PR_SET_NO_NEW_PRIVS, 0) == 0;"
                                + " e |= getuid() == 0; return say(e); }",
                        Verdict.CORRECT),
                raw(
                        "32-bit system calls",
                        "#include <cstdio>\nint main() {\n#ifdef __x86_64__\n long r; asm volatile(\"int $0x80\" : \"=a\"(r) : \"a\"(20L));\n"
                                + "#else\n __builtin_trap();\n#endif\n std::puts(\"escaped\"); }",
                        Verdict.CRASHED),
                cpp(
                        "x32 system calls",
                        "int main() {\n#ifdef __x86_64__\n syscall(0x40000000 | 39);\n#else\n abort();\n#endif\n return say(true); }",
                        Verdict.CRASHED),
                // The grader itself
                cpp(
                        "forged answers of the runner",
                        "int main() { char forged[64] = {}; for (int f = 3; f < 1024; f++) if (write(f, forged, sizeof forged) > 0) return say(true);"
                                + " return say(false); }",
                        Verdict.CORRECT),
                cpp(
                        "talking to the runner",
                        "int main() { char c; bool e = false; for (int f = 3; f < 1024; f++) e |= fcntl(f, F_GETFD) >= 0; e |= read(0, &c, 1) > 0;"
                                + " e |= write(0, \"x\", 1) > 0; e |= ftruncate(0, 5) == 0; return say(e); }",
                        Verdict.CORRECT),
                cpp(
                        "changing the program for the next test",
                        "int main(int, char** v) { string me = v[0]; string box = me.substr(0, me.rfind('/'));"
                                + " bool e = open(me.c_str(), O_WRONLY) >= 0; e |= unlink(me.c_str()) == 0;"
                                + " e |= rename(me.c_str(), (box + \"/other\").c_str()) == 0; e |= truncate(me.c_str(), 0) == 0;"
                                + " e |= open((box + \"/x\").c_str(), O_CREAT | O_WRONLY, 0600) >= 0;"
                                + " e |= symlink(\"/etc\", (box + \"/l\").c_str()) == 0; return say(e); }",
                        Verdict.CORRECT),
                cpp(
                        "making /tmp unusable for the next test",
                        "int main() { chmod(\"/tmp\", 0); mkdir(\"/tmp/a\", 0); return say(false); }",
                        Verdict.CORRECT),
                cpp("exit code", "int main() { say(false); return 3; }", Verdict.CRASHED),
                cpp("killing itself", "int main() { say(false); kill(getpid(), SIGKILL); }", Verdict.CRASHED),
                python(
                        "looking for the expected output",
                        "import os, sys\nfound = False\n"
                                + "for folder in ['/box', '/tmp', '/tramontane', '.']:\n"
                                + "    for path, _, files in os.walk(folder):\n"
                                + "        for name in files:\n"
                                + "            try:\n                data = open(os.path.join(path, name), 'rb').read(1000000)\n"
                                + "            except OSError:\n                continue\n"
                                + "            found |= name not in ('main.py', 'main.pyc') and b'cont' + b'ained' in data\n"
                                + "print('escaped' if found else 'contained')\n",
                        Verdict.CORRECT));
    }

    /** Sources that attack the compiler. */
    static List<HostileProgram> againstTheCompiler() {
        return List.of(
                raw("including /etc/shadow", "#include \"/etc/shadow\"\nint main() {}", Verdict.WRONG),
                raw("including /etc/passwd", "#include \"/etc/passwd\"\nint main() {}", Verdict.WRONG),
                raw("including /proc/self/environ", "#include \"/proc/self/environ\"\nint main() {}", Verdict.WRONG),
                raw(
                        "including /dev/urandom",
                        "#include \"/dev/urandom\"\nint main() {}",
                        Verdict.WRONG,
                        Verdict.TIMEOUT,
                        Verdict.CRASHED),
                raw("including /dev/stdin", "#include \"/dev/stdin\"\nint main() {}", Verdict.WRONG),
                raw("assembling /etc/shadow", "asm(\".incbin \\\"/etc/shadow\\\"\");\nint main() {}", Verdict.WRONG),
                raw("a file that includes itself", "#include __FILE__\nint main() {}", Verdict.WRONG),
                raw(
                        "endless templates",
                        "template<class T> struct A { typedef typename A<A<T>>::x x; };\nA<int>::x y;\nint main() {}",
                        Verdict.WRONG,
                        Verdict.TIMEOUT),
                raw(
                        "exponential templates",
                        "template<int N, int M> struct F { static constexpr long v = F<N - 1, M * 2>::v + F<N - 1, M * 2 + 1>::v; };\n"
                                + "template<int M> struct F<0, M> { static constexpr long v = M; };\n"
                                + "int main() { return F<24, 0>::v; }",
                        Verdict.WRONG,
                        Verdict.TIMEOUT,
                        Verdict.CRASHED),
                raw(
                        "a giant object",
                        "int a[1 << 28] = {1};\nint main() { return a[0]; }",
                        Verdict.WRONG,
                        Verdict.TIMEOUT),
                raw(
                        "endless macros",
                        "#define A B B B B B B B B B B\n#define B C C C C C C C C C C\n#define C D D D D D D D D D D\n"
                                + "#define D E E E E E E E E E E\n#define E F F F F F F F F F F\n#define F G G G G G G G G G G\n"
                                + "#define G H H H H H H H H H H\n#define H 1+1+1+1+1+1+1+1+1+1+\nint main() { return A 1; }",
                        Verdict.WRONG,
                        Verdict.TIMEOUT,
                        Verdict.CRASHED),
                raw(
                        "endless constant evaluation",
                        "constexpr int f() { long i = 0; while (true) i++; return i; }\nstatic_assert(f());\nint main() {}",
                        Verdict.WRONG,
                        Verdict.TIMEOUT),
                python(
                        "a compile bomb in Python",
                        "(" + "(1,) * 1000,".repeat(1000) + ")" + "\n(1 << 10**9) << 10**9\nx = " + "(".repeat(500)
                                + ")".repeat(500),
                        Verdict.WRONG,
                        Verdict.TIMEOUT,
                        Verdict.CRASHED));
    }
}
