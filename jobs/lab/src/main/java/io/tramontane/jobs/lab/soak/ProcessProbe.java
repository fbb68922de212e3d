package io.tramontane.jobs.lab.soak;

import io.tramontane.policy.module.PolicyModule;
import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Stream;

/** Reads what this process holds. Linux only, as it asks {@code /proc}. Used by one thread. */
final class ProcessProbe {

    private static final Path STATUS = Path.of("/proc/self/status");
    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");
    private static final double KIBIBYTE = 1024;
    private static final double MEGABYTE = 1e6;

    private double heapAlive;

    /** Collects all garbage: what is alive cannot be measured otherwise. */
    void collect() {
        System.gc();
        heapAlive = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / MEGABYTE;
    }

    Map<SoakFigure, Double> read() throws IOException {
        Map<SoakFigure, Double> figures = new EnumMap<>(SoakFigure.class);
        double resident = resident();
        double heapTaken =
                ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getCommitted() / MEGABYTE;
        figures.put(SoakFigure.RESIDENT, resident);
        figures.put(SoakFigure.OUTSIDE_HEAP, resident - heapTaken);
        figures.put(SoakFigure.HEAP, heapAlive);
        figures.put(SoakFigure.HEAP_TAKEN, heapTaken);
        figures.put(
                SoakFigure.METASPACE,
                ManagementFactory.getMemoryPoolMXBeans().stream()
                                .filter(pool -> pool.getName().equals("Metaspace"))
                                .mapToLong(ProcessProbe::used)
                                .sum()
                        / MEGABYTE);
        figures.put(SoakFigure.DIRECT, buffers("direct"));
        figures.put(SoakFigure.MAPPED, buffers("mapped"));
        figures.put(SoakFigure.FILES, descriptors());
        figures.put(
                SoakFigure.THREADS, (double) ManagementFactory.getThreadMXBean().getThreadCount());
        figures.put(SoakFigure.ARRAYS, (double) PolicyModule.liveArraysOfAll());
        return figures;
    }

    private static long used(MemoryPoolMXBean pool) {
        return pool.getUsage().getUsed();
    }

    private static double resident() throws IOException {
        try (Stream<String> lines = Files.lines(STATUS)) {
            String line = lines.filter(candidate -> candidate.startsWith("VmRSS:"))
                    .findFirst()
                    .orElseThrow(() -> new IOException(STATUS + " does not tell VmRSS"));
            return Long.parseLong(line.replaceAll("\\D", "")) * KIBIBYTE / MEGABYTE;
        }
    }

    private static double descriptors() throws IOException {
        try (Stream<Path> open = Files.list(DESCRIPTORS)) {
            return open.count();
        }
    }

    private static double buffers(String pool) {
        return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                        .filter(candidate -> candidate.getName().equals(pool))
                        .mapToLong(BufferPoolMXBean::getMemoryUsed)
                        .sum()
                / MEGABYTE;
    }
}
