package io.tramontane.jobs.page.web;

import io.tramontane.jobs.kernel.files.Json;
import java.nio.charset.StandardCharsets;

/**
 * What a request is answered with.
 *
 * @param status of HTTP
 * @param type the content's
 */
record Answer(int status, String type, byte[] content) {

    static Answer json(Object value) {
        return new Answer(200, "application/json", Json.bytes(value));
    }

    /** An error said in a sentence. */
    static Answer error(int status, String sentence) {
        return new Answer(status, "text/plain; charset=utf-8", sentence.getBytes(StandardCharsets.UTF_8));
    }
}
