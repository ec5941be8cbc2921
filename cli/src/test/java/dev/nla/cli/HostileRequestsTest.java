package dev.nla.cli;

import static dev.nla.cli.TinyRuns.succeeded;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/**
 * Protects the server: bodies and heads spoiled in many ways, drawn from a seed, get a status and JSON, or a closed connection where not
 * even a head could be read, and an honest request gets the same answer after as before.
 */
@Tag("abuse")
@TestInstance(Lifecycle.PER_CLASS)
class HostileRequestsTest {
    private static final int BODIES = 320;
    private static final int HEADS = 400;
    private static final int MILLIS = 30_000;
    private static final Path TARGET = Path.of(System.getProperty("nla.root"), "cli", "target", "abuse");
    private static final String HONEST = "{\"adapter\": \"av\", \"text\": \"one river 5\", \"max_new_tokens\": 8}";

    @TempDir
    static Path folder;

    private final Campaign campaign = new Campaign("hostile-requests");
    private Served served;
    private String answer;

    @BeforeAll
    void start() throws Exception {
        TinyRuns runs = TinyRuns.in(folder);
        succeeded(runs.extract("--output", runs.at("data")));
        succeeded(runs.reconstructor("max_steps=1"));
        succeeded(runs.verbalizer("max_steps=1"));
        served = Served.with(
                "--model",
                runs.at("model"),
                "--adapter",
                "av=" + runs.at("av/adapter"),
                "--reconstructor",
                runs.at("ar/adapter"),
                "--data",
                runs.at("data"));
        answer = descriptions();
    }

    @AfterAll
    void tell() {
        served.close();
        campaign.finish(TARGET);
    }

    @AfterEach
    void anHonestRequestGetsTheSameAnswer() throws Exception {
        assertThat(descriptions()).isEqualTo(answer);
    }

    @Test
    void spoiledBodies() throws IOException {
        Mutations mutations = new Mutations(Campaign.SEED);
        List<String> faults = new ArrayList<>();
        for (String request : List.of(
                "/v1/describe " + HONEST,
                "/v1/describe {\"adapter\": \"av\", \"vector\": [1, 2.5, -3], \"samples\": 2, \"temperature\": 0.7, \"seed\": 3}",
                "/v1/describe {\"adapter\": \"av\", \"text\": \"two hills\", \"position\": [0, 2], \"max_new_tokens\": 4}",
                "/v1/extract {\"text\": \"one river\", \"position\": 1, \"layer\": 2}",
                "/v1/reconstruct {\"descriptions\": [\"kind 3\", \"kind 4\"]}",
                "/v1/gap {\"items\": [{\"id\": \"t3\", \"description\": \"kind 3\"}]}",
                "/v1/chat/completions {\"model\": \"av\", \"messages\": [{\"role\": \"user\", \"content\": \"hills\"}], \"max_tokens\": 4}",
                "/v1/adapters {\"name\": \"other\", \"path\": \"av\"}")) {
            String path = request.substring(0, request.indexOf(' '));
            byte[] sound = request.substring(path.length() + 1).getBytes(StandardCharsets.UTF_8);
            for (int i = 0; i < BODIES; i++) {
                byte[] body = mutations.of(sound);
                byte[] head =
                        ("POST %s HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: %d\r\nConnection: close\r\n\r\n"
                                        .formatted(path, body.length))
                                .getBytes(StandardCharsets.UTF_8);
                judge(path + ", attempt " + i, sent(head, body), faults);
            }
        }
        assertThat(faults).isEmpty();
    }

    @Test
    void spoiledHeads() throws IOException {
        Mutations mutations = new Mutations(Campaign.SEED + 1);
        Random random = new Random(Campaign.SEED);
        List<String> sound = List.of(
                "GET /health HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
                "GET /v1/adapters?a=%20b HTTP/1.1\r\nHost: x\r\nAccept: application/json\r\nConnection: close\r\n\r\n",
                "POST /v1/extract HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n"
                        + "Connection: close\r\n\r\n10\r\n{\"text\": \"one\"} \r\n0\r\n\r\n",
                "POST /v1/describe HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: "
                        + HONEST.length() + "\r\nConnection: close\r\n\r\n" + HONEST);
        List<String> faults = new ArrayList<>();
        for (int i = 0; i < HEADS; i++) {
            byte[] head = mutations.of(sound.get(random.nextInt(sound.size())).getBytes(StandardCharsets.UTF_8));
            judge("head, attempt " + i, sent(head, new byte[0]), faults);
        }
        assertThat(faults).isEmpty();
    }

    private void judge(String what, String answered, List<String> faults) {
        if (answered.isEmpty()) {
            campaign.count("connection closed");
            return;
        }
        if (!answered.startsWith("HTTP/1.1 ")) {
            faults.add(what + ": " + answered);
            return;
        }
        int status = Integer.parseInt(answered.substring(9, 12));
        campaign.count(status / 100 + "xx");
        if (status >= 500 && status != 503 && status != 505) {
            faults.add(what + ": " + answered);
        }
        if (status >= 400 && !answered.contains("{\"error\"")) {
            faults.add(what + ": no JSON: " + answered);
        }
        if (answered.contains("Exception") || answered.contains("java.")) {
            faults.add(what + ": for programmers: " + answered);
        }
    }

    /** What came back until the connection was closed; what is never finished is given up by this side's closing its end. */
    private String sent(byte[] head, byte[] body) throws IOException {
        URI address = URI.create(served.address());
        try (Socket socket = new Socket(address.getHost(), address.getPort())) {
            socket.setSoTimeout(MILLIS);
            ByteArrayOutputStream answered = new ByteArrayOutputStream();
            try {
                socket.getOutputStream().write(head);
                socket.getOutputStream().write(body);
                socket.shutdownOutput();
                InputStream in = socket.getInputStream();
                in.transferTo(answered);
            } catch (SocketTimeoutException late) {
                return "no end of an answer within " + MILLIS + " ms: " + answered.toString(StandardCharsets.UTF_8);
            } catch (IOException closed) {
                return answered.toString(StandardCharsets.UTF_8);
            }
            return answered.toString(StandardCharsets.UTF_8);
        }
    }

    private String descriptions() throws Exception {
        return new ObjectMapper()
                .readTree(served.ask("/v1/describe", HONEST))
                .at("/descriptions")
                .toString();
    }
}
