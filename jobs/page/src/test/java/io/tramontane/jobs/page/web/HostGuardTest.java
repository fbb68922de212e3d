package io.tramontane.jobs.page.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostGuardTest {

    private final HostGuard guard = new HostGuard("127.0.0.1", List.of("runs.example.org"));

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1:8080", "localhost", "LOCALHOST:1", "[::1]:8080", "runs.example.org", "[::1]"})
    void itsOwnNames(String host) {
        assertThat(guard.admits(host)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "127.0.0.1.evil.example:8080",
                "localhost.evil",
                "",
                "[::2]:80",
                "[",
                "169.254.169.254"
            })
    void othersAreRefused(String host) {
        assertThat(guard.admits(host)).isFalse();
    }

    @Test
    void soIsNone() {
        assertThat(guard.admits(null)).isFalse();
    }
}
