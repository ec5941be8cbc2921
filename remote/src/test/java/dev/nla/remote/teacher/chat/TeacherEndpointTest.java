package dev.nla.remote.teacher.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Protects where requests go: behind the path of the address, before its query. */
class TeacherEndpointTest {
    @ParameterizedTest
    @CsvSource({
        "http://localhost:8000/v1, http://localhost:8000/v1/chat/completions",
        "http://localhost:8000/v1///, http://localhost:8000/v1/chat/completions",
        "http://localhost:8000, http://localhost:8000/chat/completions",
        "https://h/deployments/d?api-version=2024-10-21, https://h/deployments/d/chat/completions?api-version=2024-10-21",
        "https://h/v1/?a=1&b=x%2Fy/, https://h/v1/chat/completions?a=1&b=x%2Fy/",
        "https://h?a=1, https://h/chat/completions?a=1",
        "https://h/a%20b/v1#part, https://h/a%20b/v1/chat/completions",
        "https://h/v1?a=1#part, https://h/v1/chat/completions?a=1",
        "http://[::1]:8000/v1/, http://[::1]:8000/v1/chat/completions",
    })
    void thePathIsGoneOnWith(String base, String expected) {
        assertThat(endpoint(base).completions()).hasToString(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "localhost:8000/v1",
                "ftp://h/v1",
                "http:///v1",
                "http://me:secret@h/v1",
                "http://h/v 1",
                "mailto:a@b"
            })
    void whatIsNoAddressIsRefused(String base) {
        assertThatThrownBy(() -> endpoint(base))
                .hasMessageContaining("base_url")
                .hasMessageContaining("/v1 was expected");
    }

    private static TeacherEndpoint endpoint(String base) {
        return TeacherEndpoint.of(base, Optional.empty(), Duration.ofSeconds(1));
    }
}
