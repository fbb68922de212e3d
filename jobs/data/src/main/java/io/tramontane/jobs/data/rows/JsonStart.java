package io.tramontane.jobs.data.rows;

import java.io.BufferedInputStream;
import java.io.IOException;

/** What a JSON text begins with. */
final class JsonStart {

    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};
    private static final int LOOK_AHEAD = 4096;

    private JsonStart() {}

    /** Whether it is an array; skips a byte order mark and nothing else. */
    static boolean isArray(BufferedInputStream json) throws IOException {
        json.mark(BYTE_ORDER_MARK.length);
        for (byte expected : BYTE_ORDER_MARK) {
            if ((byte) json.read() != expected) {
                json.reset();
                break;
            }
        }
        json.mark(LOOK_AHEAD);
        int next = json.read();
        for (int i = 1; i < LOOK_AHEAD && next >= 0 && Character.isWhitespace(next); i++) {
            next = json.read();
        }
        json.reset();
        return next == '[';
    }
}
