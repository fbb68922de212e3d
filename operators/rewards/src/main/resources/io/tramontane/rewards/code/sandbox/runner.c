/*
 * Runs hostile programs for Tramontane's code verifier. Built by the host's compiler at start-up; Linux on x86-64 and
 * aarch64.
 *
 *   runner launch UID GID FOLDER COMMAND...   makes FOLDER ("-": none) for an unprivileged user, becomes it, runs COMMAND
 *   runner serve OPTIONS                      obeys the requests on its standard input (below)
 *   runner measure FILE COMMAND...            runs COMMAND and writes its CPU microseconds, children included, to FILE
 *   runner landlock                           prints the version of the kernel's Landlock, 0 if it has none
 *
 * serve stands inside the sandbox and is the only process there that outlives a program. A program is one process: its
 * filter of system calls allows threads but no second process, so its limits are the limits of all it can do. Input,
 * output and error are files in memory that only the runner holds, never pipes: nobody can keep them open, fill them or
 * speak in the runner's name. Expected outputs never come here.
 *
 * The protocol is binary and big-endian, one answer to a request, in order:
 *   'F' name mode bytes       stores a file in the box
 *   'L'                       makes the box read-only for good
 *   'R' limits command input  runs a command, answers with how it ended, what it used and what it wrote
 * An answer begins with 0, or with 1 and a message. At the end of the input, and on SIGTERM, everything is killed.
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <endian.h>
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <linux/audit.h>
#include <linux/capability.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/sysinfo.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#if defined(__x86_64__)
#define NATIVE_ARCHITECTURE AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define NATIVE_ARCHITECTURE AUDIT_ARCH_AARCH64
#else
#error "the runner knows x86-64 and aarch64 only"
#endif

#define PROTOCOL_VERSION 1
#define MOST_ARGUMENTS 64
#define MOST_PATHS 64
#define COPY_BYTES 65536
/* Beyond this many files a scratch folder takes no more: their names live in kernel memory, which no limit counts. */
#define SCRATCH_FILES 1024

static void fail(const char *format, ...) __attribute__((noreturn, format(printf, 1, 2)));

static void fail(const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    fputs("runner: ", stderr);
    vfprintf(stderr, format, arguments);
    fputc('\n', stderr);
    va_end(arguments);
    _exit(70);
}

/* ---------------------------------------------------------------- what serve is told on its command line */

static struct {
    const char *box;          /* folder of the program, writable until it is locked */
    const char *scratch;      /* folder that programs may write to, emptied before each; NULL: none */
    int mounts;               /* whether we may mount: the box is locked and the scratch emptied by mounting */
    int alone;                /* whether every process that we may signal belongs to this sandbox */
    int shared_user;          /* whether our user has other processes, which may count against its limit */
    int filter;               /* whether system calls are filtered */
    int landlock;             /* whether Landlock restricts programs */
    long long scratch_bytes;
    const char *readable[MOST_PATHS];
    int readable_count;
} options;

/* ---------------------------------------------------------------- reading requests, writing answers */

static void read_fully(void *target, size_t size) {
    char *at = target;
    while (size > 0) {
        ssize_t count = read(STDIN_FILENO, at, size);
        if (count < 0 && errno == EINTR) {
            continue;
        }
        if (count <= 0) {
            _exit(0);
        }
        at += count;
        size -= (size_t) count;
    }
}

static void write_fully(int descriptor, const void *source, size_t size) {
    const char *at = source;
    while (size > 0) {
        ssize_t count = write(descriptor, at, size);
        if (count < 0 && errno == EINTR) {
            continue;
        }
        if (count <= 0) {
            _exit(0);
        }
        at += count;
        size -= (size_t) count;
    }
}

static uint8_t read_byte(void) {
    uint8_t value;
    read_fully(&value, sizeof value);
    return value;
}

static uint16_t read_short(void) {
    uint16_t value;
    read_fully(&value, sizeof value);
    return be16toh(value);
}

static uint32_t read_int(void) {
    uint32_t value;
    read_fully(&value, sizeof value);
    return be32toh(value);
}

static uint64_t read_long(void) {
    uint64_t value;
    read_fully(&value, sizeof value);
    return be64toh(value);
}

static char *read_text(void) {
    uint16_t length = read_short();
    char *text = malloc((size_t) length + 1);
    if (text == NULL) {
        fail("out of memory");
    }
    read_fully(text, length);
    text[length] = '\0';
    return text;
}

/* Takes size bytes of the request; with a descriptor of -1 they are dropped. Returns 0, or the error of a write. */
static int read_into(int descriptor, uint64_t size) {
    static char buffer[COPY_BYTES];
    int error = 0;
    while (size > 0) {
        size_t part = size < sizeof buffer ? (size_t) size : sizeof buffer;
        read_fully(buffer, part);
        size -= part;
        for (size_t written = 0; descriptor >= 0 && error == 0 && written < part;) {
            ssize_t count = write(descriptor, buffer + written, part - written);
            if (count > 0) {
                written += (size_t) count;
            } else if (count == 0 || errno != EINTR) {
                error = count == 0 ? EIO : errno;
            }
        }
    }
    return error;
}

static void answer_byte(uint8_t value) {
    write_fully(STDOUT_FILENO, &value, sizeof value);
}

static void answer_int(uint32_t value) {
    value = htobe32(value);
    write_fully(STDOUT_FILENO, &value, sizeof value);
}

static void answer_error(const char *what, const char *which, int error) {
    char message[512];
    int length = snprintf(message, sizeof message, "%s %s: %s", what, which, strerror(error));
    if (length >= (int) sizeof message) {
        length = sizeof message - 1;
    }
    answer_byte(1);
    answer_int((uint32_t) length);
    write_fully(STDOUT_FILENO, message, (size_t) length);
}

/* Answers with the bytes of a file from an offset on, their number first. */
static void answer_file(int descriptor, off_t from, off_t to) {
    static char buffer[COPY_BYTES];
    answer_int((uint32_t) (to - from));
    while (from < to) {
        size_t part = to - from < (off_t) sizeof buffer ? (size_t) (to - from) : sizeof buffer;
        ssize_t count = pread(descriptor, buffer, part, from);
        if (count <= 0) {
            /* Only we hold the file by now, so it cannot have shrunk. */
            fail("lost the output of a program");
        }
        write_fully(STDOUT_FILENO, buffer, (size_t) count);
        from += count;
    }
}

/* ---------------------------------------------------------------- Landlock, spelled out: headers may be older */

struct landlock_ruleset {
    uint64_t handled_files;
    uint64_t handled_network;
    uint64_t scoped;
};

struct landlock_path_rule {
    uint64_t allowed;
    int32_t parent;
} __attribute__((packed));

#ifndef __NR_landlock_create_ruleset
#define __NR_landlock_create_ruleset 444
#define __NR_landlock_add_rule 445
#define __NR_landlock_restrict_self 446
#endif

#define FILES_EXECUTE (1ULL << 0)
#define FILES_WRITE (1ULL << 1)
#define FILES_READ (1ULL << 2)
#define FILES_LIST (1ULL << 3)
#define FILES_TRUNCATE (1ULL << 14)
#define FILES_DEVICE_CONTROL (1ULL << 15)
/* All rights but those of sockets, devices and device control: what a compiler does to a folder of its own. */
#define FILES_MAKE ((1ULL << 4) | (1ULL << 5) | (1ULL << 7) | (1ULL << 8) | (1ULL << 12) | (1ULL << 13))
#define NETWORK_ALL ((1ULL << 0) | (1ULL << 1))
#define SCOPE_ALL ((1ULL << 0) | (1ULL << 1))

static int landlock_version(void) {
    long version = syscall(__NR_landlock_create_ruleset, NULL, 0, 1U);
    return version < 0 ? 0 : (int) version;
}

static uint64_t handled_files(int version) {
    uint64_t all = (1ULL << 13) - 1;
    if (version >= 2) {
        all |= 1ULL << 13;
    }
    if (version >= 3) {
        all |= FILES_TRUNCATE;
    }
    if (version >= 5) {
        all |= FILES_DEVICE_CONTROL;
    }
    return all;
}

static void allow_path(int ruleset, const char *path, uint64_t rights, int version) {
    int parent = open(path, O_PATH | O_CLOEXEC);
    if (parent < 0) {
        /* A system without /lib64, say: what is not there needs no permission. */
        return;
    }
    struct stat status;
    if (fstat(parent, &status) == 0 && !S_ISDIR(status.st_mode)) {
        rights &= FILES_EXECUTE | FILES_WRITE | FILES_READ | FILES_TRUNCATE | FILES_DEVICE_CONTROL;
    }
    struct landlock_path_rule rule = {.allowed = rights & handled_files(version), .parent = parent};
    if (syscall(__NR_landlock_add_rule, ruleset, 1, &rule, 0) != 0) {
        fail("Landlock rule for %s: %s", path, strerror(errno));
    }
    close(parent);
}

/* A set of rules to put a program under; a box is writable for compilers alone. */
static int landlock_rules(int version, int box_writable) {
    struct landlock_ruleset attributes = {
        .handled_files = handled_files(version),
        .handled_network = version >= 4 ? NETWORK_ALL : 0,
        .scoped = version >= 6 ? SCOPE_ALL : 0,
    };
    int ruleset = (int) syscall(__NR_landlock_create_ruleset, &attributes, sizeof attributes, 0U);
    if (ruleset < 0) {
        fail("Landlock: %s", strerror(errno));
    }
    uint64_t look = FILES_READ | FILES_LIST | FILES_EXECUTE;
    uint64_t work = look | FILES_WRITE | FILES_TRUNCATE | FILES_MAKE;
    for (int i = 0; i < options.readable_count; i++) {
        allow_path(ruleset, options.readable[i], look, version);
    }
    allow_path(ruleset, "/dev/null", FILES_READ | FILES_WRITE | FILES_TRUNCATE, version);
    allow_path(ruleset, "/dev/urandom", FILES_READ, version);
    allow_path(ruleset, options.box, box_writable ? work : look, version);
    if (options.scratch != NULL) {
        allow_path(ruleset, options.scratch, work, version);
    }
    return ruleset;
}

/* ---------------------------------------------------------------- the filter of system calls */

enum policy { BUILD, PROGRAM };

/* Of the kernel that runs, not of the headers; it has no say where there is no Landlock. */
static int landlock_knows_truncation;

#define FILTER_ROOM 1024
#define LOWER_HALF(argument) (offsetof(struct seccomp_data, args[argument]))
#define NEW_NAMESPACES 0x7E020000U /* CLONE_NEWNS, CGROUP, UTS, IPC, USER, PID, NET */
#define FLAG_THREAD 0x00010000U
#define FLAG_VFORK 0x00004000U

static struct sock_filter filter[FILTER_ROOM];
static unsigned short filter_length;

static void instruction(uint16_t code, uint8_t if_true, uint8_t if_false, uint32_t operand) {
    if (filter_length == FILTER_ROOM) {
        fail("the filter of system calls has outgrown its room");
    }
    filter[filter_length++] = (struct sock_filter) {code, if_true, if_false, operand};
}

static void decide(uint32_t action) {
    instruction(BPF_RET | BPF_K, 0, 0, action);
}

static void load(size_t offset) {
    instruction(BPF_LD | BPF_W | BPF_ABS, 0, 0, (uint32_t) offset);
}

/* The accumulator holds the number of the call before and after; an action is taken for this number. */
static void call(long number, uint32_t action) {
    instruction(BPF_JMP | BPF_JEQ | BPF_K, 0, 1, (uint32_t) number);
    decide(action);
}

#define ALLOW SECCOMP_RET_ALLOW
#define KILL SECCOMP_RET_KILL_PROCESS
#define REFUSE (SECCOMP_RET_ERRNO | EPERM)
#define MISSING (SECCOMP_RET_ERRNO | ENOSYS)

/* For this number: allowed if an argument is one of the values, otherwise another action. */
static void call_with(long number, int argument, const uint32_t *values, size_t count, uint32_t otherwise) {
    instruction(BPF_JMP | BPF_JEQ | BPF_K, 0, (uint8_t) (2 * count + 2), (uint32_t) number);
    load(LOWER_HALF(argument));
    for (size_t i = 0; i < count; i++) {
        instruction(BPF_JMP | BPF_JEQ | BPF_K, 0, 1, values[i]);
        decide(ALLOW);
    }
    decide(otherwise);
}

static const long allowed_calls[] = {
    __NR_read, __NR_write, __NR_readv, __NR_writev, __NR_pread64, __NR_pwrite64, __NR_preadv, __NR_pwritev,
    __NR_close, __NR_fstat, __NR_newfstatat, __NR_statx, __NR_lseek, __NR_faccessat,
    __NR_mmap, __NR_mprotect, __NR_munmap, __NR_mremap, __NR_madvise, __NR_brk, __NR_msync, __NR_mincore,
    __NR_rt_sigaction, __NR_rt_sigprocmask, __NR_rt_sigreturn, __NR_rt_sigpending, __NR_rt_sigtimedwait,
    __NR_rt_sigsuspend, __NR_sigaltstack, __NR_restart_syscall,
    __NR_pipe2, __NR_dup, __NR_dup3, __NR_flock, __NR_fsync, __NR_fdatasync, __NR_ftruncate,
    __NR_pselect6, __NR_ppoll, __NR_epoll_create1, __NR_epoll_ctl, __NR_epoll_pwait, __NR_eventfd2,
    __NR_timerfd_create, __NR_timerfd_settime, __NR_timerfd_gettime,
    __NR_nanosleep, __NR_clock_nanosleep, __NR_clock_gettime, __NR_clock_getres, __NR_gettimeofday, __NR_times,
    __NR_getitimer, __NR_setitimer,
    __NR_getpid, __NR_gettid, __NR_getppid, __NR_getuid, __NR_geteuid, __NR_getgid, __NR_getegid, __NR_getgroups,
    __NR_getresuid, __NR_getresgid, __NR_getpgid, __NR_getsid, __NR_uname, __NR_sysinfo, __NR_getrusage,
    __NR_getrlimit, __NR_setrlimit, __NR_umask, __NR_getcpu,
    __NR_getdents64, __NR_getcwd, __NR_chdir, __NR_fchdir, __NR_mkdirat, __NR_unlinkat, __NR_renameat, __NR_renameat2,
    __NR_linkat, __NR_symlinkat, __NR_readlinkat, __NR_statfs, __NR_fstatfs, __NR_sendfile, __NR_copy_file_range, __NR_fadvise64, __NR_fallocate,
    __NR_set_tid_address, __NR_set_robust_list, __NR_get_robust_list, __NR_futex, __NR_sched_yield,
    __NR_sched_getaffinity, __NR_sched_getparam, __NR_sched_getscheduler, __NR_membarrier,
    __NR_exit, __NR_exit_group, __NR_execve, __NR_getrandom, __NR_wait4, __NR_waitid,
    /* Of a socket pair, whose two ends a program talks to itself with; there is no other socket. */
    __NR_sendto, __NR_recvfrom, __NR_shutdown,
#ifdef __NR_preadv2
    __NR_preadv2, __NR_pwritev2,
#endif
#ifdef __NR_rseq
    __NR_rseq,
#endif
#ifdef __NR_close_range
    __NR_close_range,
#endif
#ifdef __NR_faccessat2
    __NR_faccessat2,
#endif
#ifdef __NR_epoll_pwait2
    __NR_epoll_pwait2,
#endif
#ifdef __NR_futex_waitv
    __NR_futex_waitv,
#endif
#ifdef __x86_64__
    __NR_stat, __NR_lstat, __NR_access, __NR_pipe, __NR_dup2, __NR_select, __NR_poll,
    __NR_epoll_create, __NR_epoll_wait, __NR_eventfd, __NR_alarm, __NR_pause, __NR_getpgrp, __NR_getdents,
    __NR_rename, __NR_mkdir, __NR_rmdir, __NR_link, __NR_unlink, __NR_symlink, __NR_readlink, __NR_time,
    __NR_arch_prctl,
#endif
};

/* Landlock does not look at these: without mounts of its own a program could change whatever belongs to its user. */
static const long attribute_calls[] = {
    __NR_truncate, __NR_fchmod, __NR_fchmodat, __NR_utimensat,
#ifdef __x86_64__
    __NR_chmod, __NR_utime, __NR_utimes, __NR_creat,
#endif
};

/* What programs do try in good faith; they are told no, where other calls do not exist at all. */
static const long refused_calls[] = {
    __NR_socket, __NR_ptrace, __NR_unshare, __NR_setns, __NR_mount, __NR_umount2, __NR_chroot, __NR_bpf,
    __NR_setuid, __NR_setgid, __NR_setreuid, __NR_setregid, __NR_setresuid, __NR_setresgid, __NR_setgroups,
    __NR_setsid, __NR_setpgid, __NR_setpriority, __NR_sched_setaffinity, __NR_sched_setscheduler,
    __NR_sched_setparam, __NR_fchown, __NR_fchownat, __NR_mknodat, __NR_mlock, __NR_mlockall, __NR_capset,
    __NR_process_vm_readv, __NR_process_vm_writev, __NR_rt_sigqueueinfo, __NR_rt_tgsigqueueinfo, __NR_tkill,
    __NR_perf_event_open, __NR_userfaultfd, __NR_keyctl, __NR_add_key, __NR_request_key,
#ifdef __x86_64__
    __NR_chown, __NR_lchown, __NR_mknod,
#endif
};

static const uint32_t harmless_device_controls[] = {
    0x5401 /* TCGETS, what isatty asks */, 0x5413 /* TIOCGWINSZ */, 0x541B /* FIONREAD */, 0x5421 /* FIONBIO */,
    0x5450 /* FIONCLEX */, 0x5451 /* FIOCLEX */,
};
static const uint32_t harmless_process_controls[] = {
    PR_SET_NAME, PR_GET_NAME, PR_GET_DUMPABLE, PR_CAPBSET_READ, 0x53564D41 /* PR_SET_VMA: names of mappings */,
};
/* Not F_SETOWN: it has the kernel send signals to whom it names. */
static const uint32_t harmless_descriptor_controls[] = {
    F_DUPFD, F_GETFD, F_SETFD, F_GETFL, F_SETFL, F_GETLK, F_SETLK, F_SETLKW, F_DUPFD_CLOEXEC, 1032 /* F_GETPIPE_SZ */,
};
static const uint32_t unix_domain[] = {AF_UNIX};

/* Threads are allowed. A process is too while building. To a program that means harm a fork is the end; vfork, with
   which system("pause") starts, is refused, and the program goes on. */
static void filter_new_processes(enum policy policy) {
#ifdef __x86_64__
    call(__NR_fork, policy == BUILD ? ALLOW : KILL);
    call(__NR_vfork, policy == BUILD ? ALLOW : REFUSE);
#endif
    instruction(BPF_JMP | BPF_JEQ | BPF_K, 0, 8, __NR_clone);
    load(LOWER_HALF(0));
    instruction(BPF_JMP | BPF_JSET | BPF_K, 0, 1, NEW_NAMESPACES);
    decide(KILL);
    instruction(BPF_JMP | BPF_JSET | BPF_K, 0, 1, FLAG_THREAD);
    decide(ALLOW);
    instruction(BPF_JMP | BPF_JSET | BPF_K, 0, 1, FLAG_VFORK);
    decide(policy == BUILD ? ALLOW : REFUSE);
    decide(policy == BUILD ? ALLOW : KILL);
#ifdef __NR_clone3
    /* Its flags lie in memory, out of a filter's sight; the C library falls back to clone. */
    call(__NR_clone3, MISSING);
#endif
}

/* Opening a file. Landlock before its third version does not look at O_TRUNC, for which it is enough to read. */
static void filter_opening(long number, int flags, int truncation) {
    if (truncation) {
        call(number, ALLOW);
        return;
    }
    instruction(BPF_JMP | BPF_JEQ | BPF_K, 0, 4, (uint32_t) number);
    load(LOWER_HALF(flags));
    instruction(BPF_JMP | BPF_JSET | BPF_K, 0, 1, O_TRUNC);
    decide(REFUSE);
    decide(ALLOW);
}

static void filter_files(enum policy policy) {
    int guarded = options.mounts || policy == BUILD;
    for (size_t i = 0; i < sizeof attribute_calls / sizeof *attribute_calls; i++) {
        call(attribute_calls[i], guarded ? ALLOW : REFUSE);
    }
    filter_opening(__NR_openat, 2, guarded || landlock_knows_truncation);
#ifdef __x86_64__
    filter_opening(__NR_open, 1, guarded || landlock_knows_truncation);
#endif
    call_with(__NR_fcntl, 1, harmless_descriptor_controls,
            sizeof harmless_descriptor_controls / sizeof *harmless_descriptor_controls, REFUSE);
}

static void build_filter(enum policy policy, pid_t self) {
    const uint32_t own[] = {(uint32_t) self};
    const uint32_t own_or_current[] = {0, (uint32_t) self};
    filter_length = 0;
    load(offsetof(struct seccomp_data, arch));
    instruction(BPF_JMP | BPF_JEQ | BPF_K, 1, 0, NATIVE_ARCHITECTURE);
    decide(KILL);
    load(offsetof(struct seccomp_data, nr));
#ifdef __x86_64__
    /* The x32 calls have numbers of their own, which the list below knows nothing of. */
    instruction(BPF_JMP | BPF_JGE | BPF_K, 0, 1, 0x40000000U);
    decide(KILL);
#endif
    for (size_t i = 0; i < sizeof allowed_calls / sizeof *allowed_calls; i++) {
        call(allowed_calls[i], ALLOW);
    }
    for (size_t i = 0; i < sizeof refused_calls / sizeof *refused_calls; i++) {
        call(refused_calls[i], REFUSE);
    }
    filter_files(policy);
    filter_new_processes(policy);
    call_with(__NR_ioctl, 1, harmless_device_controls,
            sizeof harmless_device_controls / sizeof *harmless_device_controls, SECCOMP_RET_ERRNO | ENOTTY);
    call_with(__NR_prctl, 0, harmless_process_controls,
            sizeof harmless_process_controls / sizeof *harmless_process_controls, REFUSE);
    call_with(__NR_prlimit64, 0, own_or_current, 2, REFUSE);
    call_with(__NR_socketpair, 0, unix_domain, 1, REFUSE);
    if (policy == BUILD) {
        call(__NR_kill, ALLOW);
        call(__NR_tgkill, ALLOW);
    } else {
        call_with(__NR_kill, 0, own_or_current, 2, REFUSE);
        call_with(__NR_tgkill, 0, own, 1, REFUSE);
    }
    decide(MISSING);
}

/* ---------------------------------------------------------------- starting a program */

struct run {
    enum policy policy;
    uint64_t processor_millis;
    uint64_t wall_millis;
    uint64_t address_space;
    uint64_t file_bytes;
    uint64_t output_bytes;
    uint64_t error_bytes;
    uint32_t tasks;
    char *command[MOST_ARGUMENTS + 1];
    char *environment[MOST_ARGUMENTS + 1];
};

static int build_rules = -1;
static int program_rules = -1;

static void limit(int resource, rlim_t soft, rlim_t hard) {
    struct rlimit now;
    if (getrlimit(resource, &now) != 0) {
        return;
    }
    if (now.rlim_max != RLIM_INFINITY && (hard == RLIM_INFINITY || hard > now.rlim_max)) {
        hard = now.rlim_max;
    }
    if (hard != RLIM_INFINITY && (soft == RLIM_INFINITY || soft > hard)) {
        soft = hard;
    }
    struct rlimit wanted = {soft, hard};
    setrlimit(resource, &wanted);
}

static void set_limits(const struct run *run) {
    rlim_t seconds = (run->processor_millis + 999) / 1000;
    struct sysinfo system;
    /* Where the user is not ours alone, its other processes count against the limit (before Linux 5.14 those outside of
       our user namespace too); there are at most as many as on the whole machine. */
    rlim_t others = options.shared_user && sysinfo(&system) == 0 ? system.procs : 0;
    limit(RLIMIT_CPU, seconds, seconds + 1);
    limit(RLIMIT_AS, run->address_space, run->address_space);
    limit(RLIMIT_FSIZE, run->file_bytes, run->file_bytes);
    limit(RLIMIT_NPROC, others + run->tasks, others + run->tasks);
    limit(RLIMIT_NOFILE, 64, 64);
    limit(RLIMIT_CORE, 0, 0);
    limit(RLIMIT_MEMLOCK, 0, 0);
    limit(RLIMIT_MSGQUEUE, 0, 0);
    limit(RLIMIT_SIGPENDING, 64, 64);
    limit(RLIMIT_NICE, 0, 0);
    limit(RLIMIT_RTPRIO, 0, 0);
    /* A program's stack is bounded by its address space: deep recursion is no crime. A finite limit would also be
       reserved whole for every thread. */
    rlim_t stack = run->policy == BUILD ? 64 << 20 : RLIM_INFINITY;
    limit(RLIMIT_STACK, stack, RLIM_INFINITY);
}

static int drop_capabilities(void) {
    struct __user_cap_header_struct header = {_LINUX_CAPABILITY_VERSION_3, 0};
    struct __user_cap_data_struct none[2];
    memset(none, 0, sizeof none);
    prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0);
    return (int) syscall(__NR_capset, &header, none);
}

static void close_on_execution(void) {
#ifdef __NR_close_range
    if (syscall(__NR_close_range, 3U, ~0U, 4U /* CLOSE_RANGE_CLOEXEC */) == 0) {
        return;
    }
#endif
    for (int descriptor = 3; descriptor < 1024; descriptor++) {
        fcntl(descriptor, F_SETFD, FD_CLOEXEC);
    }
}

/* The step that failed, for the answer. */
struct failure {
    char step[32];
    int error;
};

static void give_up(int report, const char *step) {
    struct failure failure = {.error = errno};
    strncpy(failure.step, step, sizeof failure.step - 1);
    ssize_t ignored = write(report, &failure, sizeof failure);
    (void) ignored;
    _exit(127);
}

static void become_program(const struct run *run, int input, int output, int error, int report) {
    sigset_t none;
    sigemptyset(&none);
    signal(SIGPIPE, SIG_DFL);
    sigprocmask(SIG_SETMASK, &none, NULL);
    if (prctl(PR_SET_PDEATHSIG, SIGKILL) != 0 || setsid() < 0) {
        give_up(report, "session");
    }
    if (dup2(input, STDIN_FILENO) < 0 || dup2(output, STDOUT_FILENO) < 0 || dup2(error, STDERR_FILENO) < 0) {
        give_up(report, "redirection");
    }
    close_on_execution();
    int in_scratch = run->policy == PROGRAM && options.scratch != NULL;
    if (chdir(in_scratch ? options.scratch : options.box) != 0) {
        give_up(report, "folder");
    }
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) {
        give_up(report, "no_new_privs");
    }
    if (drop_capabilities() != 0) {
        give_up(report, "capabilities");
    }
    int rules = run->policy == BUILD ? build_rules : program_rules;
    if (rules >= 0 && syscall(__NR_landlock_restrict_self, rules, 0) != 0) {
        give_up(report, "Landlock");
    }
    set_limits(run);
    if (options.filter) {
        build_filter(run->policy, getpid());
        struct sock_fprog program = {filter_length, filter};
        if (syscall(__NR_seccomp, SECCOMP_SET_MODE_FILTER, 0, &program) != 0) {
            give_up(report, "filter");
        }
    }
    execve(run->command[0], run->command, run->environment);
    give_up(report, "execution");
}

/* ---------------------------------------------------------------- waiting for it and clearing up after it */

static int signals = -1;

static uint64_t microseconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t) now.tv_sec * 1000000 + (uint64_t) now.tv_nsec / 1000;
}

/* Signals those of our children that have left the program's group; needs /proc, which only the host shows. */
static void kill_children(void) {
    FILE *children = fopen("/proc/thread-self/children", "re");
    if (children == NULL) {
        return;
    }
    int child;
    while (fscanf(children, "%d", &child) == 1) {
        kill(child, SIGKILL);
    }
    fclose(children);
}

/* Kills a program with all its descendants. We adopt orphans, so that they end as children of ours. */
static void kill_all(pid_t group) {
    if (options.alone) {
        kill(-1, SIGKILL);
    } else {
        kill(-group, SIGKILL);
        kill(group, SIGKILL);
        kill_children();
    }
}

static void reap_all(pid_t group) {
    for (;;) {
        pid_t ended = waitpid(-1, NULL, options.alone ? 0 : WNOHANG);
        if (ended < 0 && errno == ECHILD) {
            return;
        }
        if (ended == 0) {
            struct timespec moment = {0, 1000000};
            nanosleep(&moment, NULL);
            kill_all(group);
        }
    }
}

/* Waits until a program ends or its time is up, and ends ourselves when the other side is gone. Whether time was up. */
static int await_end(pid_t program, uint64_t deadline) {
    for (;;) {
        siginfo_t info = {0};
        if (waitid(P_PID, (id_t) program, &info, WEXITED | WNOWAIT | WNOHANG) == 0 && info.si_pid == program) {
            return 0;
        }
        uint64_t now = microseconds();
        if (now >= deadline) {
            return 1;
        }
        struct pollfd events[] = {{signals, POLLIN, 0}, {STDIN_FILENO, POLLIN, 0}};
        uint64_t left = deadline - now;
        struct timespec timeout = {(time_t) (left / 1000000), (long) (left % 1000000) * 1000};
        if (ppoll(events, 2, &timeout, NULL) <= 0) {
            continue;
        }
        struct signalfd_siginfo received;
        int terminated = (events[0].revents & POLLIN) != 0
                && read(signals, &received, sizeof received) == (ssize_t) sizeof received
                && received.ssi_signo == SIGTERM;
        /* Nothing is said while a program runs, so whatever comes here is the end of the conversation. */
        if (terminated || events[1].revents != 0) {
            kill_all(program);
            reap_all(program);
            _exit(0);
        }
    }
}

static int memory_file(const char *name) {
    int descriptor = memfd_create(name, MFD_CLOEXEC | MFD_ALLOW_SEALING);
    if (descriptor < 0) {
        fail("memory file: %s", strerror(errno));
    }
    return descriptor;
}

/* Rules name folders, not paths: those of a folder mounted anew must be made anew. */
static void make_rules(void) {
    if (!options.landlock) {
        return;
    }
    int version = landlock_version();
    if (version == 0) {
        fail("the kernel has no Landlock");
    }
    landlock_knows_truncation = version >= 3;
    close(build_rules);
    close(program_rules);
    build_rules = landlock_rules(version, 1);
    program_rules = landlock_rules(version, 0);
}

/* Puts an empty folder in the place of the scratch folder if anything was left in it. */
static void empty_scratch(int always) {
    if (options.scratch == NULL || !options.mounts) {
        return;
    }
    int dirty = always;
    struct stat status;
    if (!dirty && (stat(options.scratch, &status) != 0 || (status.st_mode & 07777) != 0700)) {
        dirty = 1;
    }
    if (!dirty) {
        DIR *folder = opendir(options.scratch);
        struct dirent *entry;
        dirty = folder == NULL;
        while (folder != NULL && !dirty && (entry = readdir(folder)) != NULL) {
            dirty = strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0;
        }
        if (folder != NULL) {
            closedir(folder);
        }
    }
    if (dirty) {
        char data[128];
        snprintf(data, sizeof data, "size=%lld,nr_inodes=%d,mode=0700", options.scratch_bytes, SCRATCH_FILES);
        if (umount2(options.scratch, MNT_DETACH) != 0
                || mount("tmpfs", options.scratch, "tmpfs", MS_NOSUID | MS_NODEV, data) != 0) {
            fail("cannot empty %s: %s", options.scratch, strerror(errno));
        }
        make_rules();
    }
}

struct result {
    uint8_t ending;
    uint32_t code;
    uint64_t processor_micros;
    uint64_t wall_micros;
    uint64_t memory_bytes;
} __attribute__((packed));

enum ending { EXITED = 0, SIGNALLED = 1, OUT_OF_TIME = 2 };

static void execute(const struct run *run, int input) {
    int output = memory_file("output");
    int error = memory_file("error");
    int report[2];
    if (pipe2(report, O_CLOEXEC) != 0) {
        fail("pipe: %s", strerror(errno));
    }
    if (run->policy == PROGRAM) {
        empty_scratch(0);
    }
    uint64_t start = microseconds();
    pid_t program = fork();
    if (program == 0) {
        become_program(run, input, output, error, report[1]);
    }
    close(report[1]);
    struct failure failure = {.error = program < 0 ? errno : 0, .step = "fork"};
    if (program > 0) {
        ssize_t count = read(report[0], &failure, sizeof failure);
        failure.error = count == (ssize_t) sizeof failure ? failure.error : 0;
    }
    close(report[0]);
    struct rusage usage = {0};
    int status = 0;
    int out_of_time = 0;
    if (program > 0) {
        out_of_time = await_end(program, start + run->wall_millis * 1000);
        kill_all(program);
        while (wait4(program, &status, 0, &usage) < 0 && errno == EINTR) {
        }
        reap_all(program);
    }
    if (failure.error != 0) {
        answer_error("could not start the program at step", failure.step, failure.error);
    } else {
        int exited = WIFEXITED(status);
        struct result result = {
            .ending = out_of_time ? OUT_OF_TIME : exited ? EXITED : SIGNALLED,
            .code = htobe32((uint32_t) (exited ? WEXITSTATUS(status) : WTERMSIG(status))),
            .processor_micros = htobe64((uint64_t) (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1000000
                    + (uint64_t) (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec)),
            .wall_micros = htobe64(microseconds() - start),
            .memory_bytes = htobe64((uint64_t) usage.ru_maxrss * 1024),
        };
        off_t written = lseek(output, 0, SEEK_END);
        off_t complaints = lseek(error, 0, SEEK_END);
        answer_byte(0);
        write_fully(STDOUT_FILENO, &result, sizeof result);
        answer_file(output, 0, written < (off_t) run->output_bytes ? written : (off_t) run->output_bytes);
        /* Of complaints the last ones count: that is where a traceback ends. */
        answer_file(error, complaints < (off_t) run->error_bytes ? 0 : complaints - (off_t) run->error_bytes, complaints);
    }
    close(output);
    close(error);
}

/* ---------------------------------------------------------------- requests */

static void request_run(void) {
    struct run run = {.policy = read_byte() == 0 ? BUILD : PROGRAM};
    run.processor_millis = read_long();
    run.wall_millis = read_long();
    run.address_space = read_long();
    run.file_bytes = read_long();
    run.output_bytes = read_long();
    run.error_bytes = read_long();
    run.tasks = read_int();
    char **lists[] = {run.command, run.environment};
    for (int list = 0; list < 2; list++) {
        uint16_t count = read_short();
        if (count > MOST_ARGUMENTS) {
            fail("a list of %d arguments", count);
        }
        for (int i = 0; i < count; i++) {
            lists[list][i] = read_text();
        }
    }
    int input = memory_file("input");
    int error = read_into(input, read_long());
    if (error == 0) {
        fcntl(input, F_ADD_SEALS, F_SEAL_WRITE | F_SEAL_GROW | F_SEAL_SHRINK | F_SEAL_SEAL);
        lseek(input, 0, SEEK_SET);
        execute(&run, input);
    } else {
        answer_error("could not hold", "the input", error);
    }
    close(input);
    for (int list = 0; list < 2; list++) {
        for (int i = 0; lists[list][i] != NULL; i++) {
            free(lists[list][i]);
        }
    }
}

static void request_file(void) {
    char *name = read_text();
    uint32_t mode = read_int();
    uint64_t size = read_long();
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", options.box, name);
    unlink(path);
    int file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode);
    int error = file < 0 ? errno : 0;
    int writing = read_into(file, size);
    if (file >= 0) {
        close(file);
    }
    if (error == 0) {
        error = writing;
    }
    if (error == 0) {
        answer_byte(0);
    } else {
        answer_error("could not store", name, error);
    }
    free(name);
}

/* Without mounts it is the rules of Landlock that keep programs from writing; nothing is left to be done then. */
static void request_lock(void) {
    if (options.mounts
            && mount("none", options.box, NULL, MS_REMOUNT | MS_BIND | MS_RDONLY | MS_NOSUID | MS_NODEV, NULL) != 0) {
        answer_error("could not lock", options.box, errno);
        return;
    }
    answer_byte(0);
}

static void parse_options(int count, char **arguments) {
    for (int i = 0; i < count; i++) {
        const char *name = arguments[i];
        if (strcmp(name, "--mounts") == 0) {
            options.mounts = 1;
        } else if (strcmp(name, "--alone") == 0) {
            options.alone = 1;
        } else if (strcmp(name, "--shared-user") == 0) {
            options.shared_user = 1;
        } else if (strcmp(name, "--filter") == 0) {
            options.filter = 1;
        } else if (strcmp(name, "--landlock") == 0) {
            options.landlock = 1;
        } else if (i + 1 < count && strcmp(name, "--box") == 0) {
            options.box = arguments[++i];
        } else if (i + 1 < count && strcmp(name, "--scratch") == 0) {
            options.scratch = arguments[++i];
        } else if (i + 1 < count && strcmp(name, "--scratch-bytes") == 0) {
            options.scratch_bytes = atoll(arguments[++i]);
        } else if (i + 1 < count && strcmp(name, "--read") == 0 && options.readable_count < MOST_PATHS) {
            options.readable[options.readable_count++] = arguments[++i];
        } else {
            fail("unexpected argument %s", name);
        }
    }
    if (options.box == NULL) {
        fail("--box is missing");
    }
}

static int serve(int count, char **arguments) {
    parse_options(count, arguments);
    /* The end of the other side ends us even if our input should be held open by somebody. */
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    prctl(PR_SET_DUMPABLE, 0);
    prctl(PR_SET_CHILD_SUBREAPER, 1);
    signal(SIGPIPE, SIG_IGN);
    umask(022);
    sigset_t awaited;
    sigemptyset(&awaited);
    sigaddset(&awaited, SIGCHLD);
    sigaddset(&awaited, SIGTERM);
    sigprocmask(SIG_BLOCK, &awaited, NULL);
    signals = signalfd(-1, &awaited, SFD_CLOEXEC | SFD_NONBLOCK);
    if (signals < 0) {
        fail("signalfd: %s", strerror(errno));
    }
    make_rules();
    empty_scratch(1);
    write_fully(STDOUT_FILENO, "TRMT", 4);
    answer_byte(PROTOCOL_VERSION);
    for (;;) {
        struct pollfd events[] = {{STDIN_FILENO, POLLIN, 0}, {signals, POLLIN, 0}};
        struct signalfd_siginfo received;
        if (poll(events, 2, -1) < 0) {
            continue;
        }
        if ((events[1].revents & POLLIN) != 0 && read(signals, &received, sizeof received) > 0
                && received.ssi_signo == SIGTERM) {
            return 0;
        }
        if (events[0].revents == 0) {
            continue;
        }
        switch (read_byte()) {
            case 'R': request_run(); break;
            case 'F': request_file(); break;
            case 'L': request_lock(); break;
            default: fail("unknown request");
        }
    }
}

/* ---------------------------------------------------------------- outside the sandbox */

static int launch(int count, char **arguments) {
    if (count < 4) {
        fail("launch needs UID GID FOLDER COMMAND");
    }
    uid_t user = (uid_t) strtoul(arguments[0], NULL, 10);
    gid_t group = (gid_t) strtoul(arguments[1], NULL, 10);
    const char *folder = arguments[2];
    if (user == 0 || group == 0) {
        fail("programs are not run as root");
    }
    if (strcmp(folder, "-") != 0
            && (mkdir(folder, 0700) != 0 || lchown(folder, user, group) != 0)) {
        fail("folder %s: %s", folder, strerror(errno));
    }
    if (setgroups(0, NULL) != 0 || setresgid(group, group, group) != 0 || setresuid(user, user, user) != 0) {
        fail("cannot become user %u: %s", (unsigned) user, strerror(errno));
    }
    if (setuid(0) == 0) {
        fail("could become root again");
    }
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 || chdir("/") != 0) {
        fail("launch: %s", strerror(errno));
    }
    execv(arguments[3], arguments + 3);
    fail("%s: %s", arguments[3], strerror(errno));
}

static int measure(int count, char **arguments) {
    if (count < 2) {
        fail("measure needs FILE COMMAND");
    }
    pid_t child = fork();
    if (child == 0) {
        execvp(arguments[1], arguments + 1);
        fail("%s: %s", arguments[1], strerror(errno));
    }
    int status = 0;
    struct rusage usage = {0};
    /* The command alone keeps our input open; its end is the end of the conversation for both sides. */
    close(STDIN_FILENO);
    while (wait4(child, &status, 0, &usage) < 0 && errno == EINTR) {
    }
    FILE *file = fopen(arguments[0], "we");
    if (file == NULL) {
        fail("%s: %s", arguments[0], strerror(errno));
    }
    fprintf(file, "%lld\n", (long long) (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1000000
            + usage.ru_utime.tv_usec + usage.ru_stime.tv_usec);
    fclose(file);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 1;
}

int main(int count, char **arguments) {
    if (count >= 2 && strcmp(arguments[1], "serve") == 0) {
        return serve(count - 2, arguments + 2);
    }
    if (count >= 2 && strcmp(arguments[1], "launch") == 0) {
        return launch(count - 2, arguments + 2);
    }
    if (count >= 2 && strcmp(arguments[1], "measure") == 0) {
        return measure(count - 2, arguments + 2);
    }
    if (count == 2 && strcmp(arguments[1], "landlock") == 0) {
        printf("%d\n", landlock_version());
        return 0;
    }
    fail("usage: runner launch|serve|measure|landlock ...");
}
