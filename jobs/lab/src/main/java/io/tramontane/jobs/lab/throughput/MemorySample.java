package io.tramontane.jobs.lab.throughput;

import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What this process takes at one moment. All in bytes but the threads.
 *
 * @param completions that the job has read for good
 * @param heap live after a full garbage collection
 * @param direct buffers
 * @param resident all that is in memory, RocksDB's native part included
 */
record MemorySample(long completions, double seconds, long heap, long direct, long resident, int threads) {

    private static final int KIBIBYTE = 1024;

    /** Collects the garbage first. */
    static MemorySample take(long completions, double seconds) throws IOException {
        System.gc();
        long direct = ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .filter(pool -> pool.getName().equals("direct"))
                .mapToLong(BufferPoolMXBean::getMemoryUsed)
                .sum();
        return new MemorySample(
                completions,
                seconds,
                ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(),
                direct,
                residentNow(),
                ManagementFactory.getThreadMXBean().getThreadCount());
    }

    private static long residentNow() throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
            if (line.startsWith("VmRSS:")) {
                return Long.parseLong(line.replaceAll("\\D", "")) * KIBIBYTE;
            }
        }
        throw new IOException("/proc/self/status says nothing of VmRSS");
    }
}
