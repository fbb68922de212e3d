package io.tramontane.schemas;

import java.nio.charset.StandardCharsets;

/**
 * The identities of a run. They depend on nothing but the run, the epoch, the problem and the sample, so a restarted
 * scheduler or generator makes the same ones again and what it repeats is recognised.
 */
public final class Identity {

    private Identity() {}

    /** {@code run/epoch/problem}. */
    public static String groupId(String runId, int epoch, String problemId) {
        return runId + "/" + epoch + "/" + problemId;
    }

    /** {@code run/epoch/problem/sample}. */
    public static String completionId(String groupId, int sampleIndex) {
        return groupId + "/" + sampleIndex;
    }

    /**
     * A seed that depends on the run's seed and an identity only: FNV-1a over the UTF-8 bytes, then the finaliser of
     * SplitMix64, so that neighbouring identities get unrelated seeds.
     */
    public static long seed(long runSeed, String identity) {
        long hash = 0xcbf29ce484222325L ^ mix(runSeed);
        for (byte b : identity.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (b & 0xff)) * 0x100000001b3L;
        }
        return mix(hash);
    }

    private static long mix(long z) {
        long mixed = z + 0x9e3779b97f4a7c15L;
        mixed = (mixed ^ (mixed >>> 30)) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
        return mixed ^ (mixed >>> 31);
    }
}
