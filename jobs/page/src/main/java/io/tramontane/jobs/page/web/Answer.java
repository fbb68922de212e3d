package io.tramontane.jobs.page.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * What a request is answered with.
 *
 * @param status of HTTP
 * @param type the content's
 */
record Answer(int status, String type, byte[] content) {

    private static final ObjectMapper JSON = new ObjectMapper();

    static Answer json(Object value) {
        try {
            return new Answer(200, "application/json", JSON.writeValueAsBytes(value));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An error said in a sentence. */
    static Answer error(int status, String sentence) {
        return new Answer(status, "text/plain; charset=utf-8", sentence.getBytes(StandardCharsets.UTF_8));
    }
}
