package dev.nla.serve.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nla.serve.testing.FakeEngine;
import dev.nla.serve.testing.TestServer;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Protects how steering is asked for over HTTP: both continuations come back, and what does not go together is named. */
class SteerRouteTest {
    @Test
    void bothContinuationsComeBack() {
        try (TestServer server = new TestServer(TestServer.settings(), new FakeEngine())) {
            assertThat(server.post("/v1/steer", "{\"text\": \"t\", \"description\": \"d\"}")
                            .body())
                    .isEqualTo("{\"layer\":1,\"prompt\":\"raw\",\"position\":2,\"token\":\" x\","
                            + "\"before\":{\"text\":\"as ever\",\"finish_reason\":\"length\"},"
                            + "\"after\":{\"text\":\"otherwise\",\"finish_reason\":\"stop\"},"
                            + "\"usage\":{\"prompt_tokens\":4,\"completion_tokens\":3,\"total_tokens\":7}}");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"description\": \"d\"|text",
                "\"text\": \"t\"|description",
                "\"text\": \"t\", \"description\": \"d\", \"vector\": [1, 2, 3, 4]|description",
                "\"text\": \"t\", \"description\": \"d\", \"instead_of\": \"e\"|instead_of",
                "\"text\": \"t\", \"description\": \"d\", \"mode\": \"swap\"|mode",
                "\"text\": \"t\", \"description\": \"d\", \"strength\": 1e9|strength",
                "\"text\": \"t\", \"vector\": [1, 2]|vector",
                "\"text\": \"t\", \"description\": \"d\", \"layer\": 3|layer",
                "\"text\": \"t\", \"description\": \"d\", \"positions\": \"all\"|positions"
            })
    void whatDoesNotGoTogetherIsNamed(String body, String parameter) {
        try (TestServer server = new TestServer(TestServer.settings(), new FakeEngine())) {
            HttpResponse<String> answer = server.post("/v1/steer", "{" + body + "}");
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
            assertThat(TestServer.json(answer).path("error").path("param").asText())
                    .isEqualTo(parameter);
        }
    }
}
