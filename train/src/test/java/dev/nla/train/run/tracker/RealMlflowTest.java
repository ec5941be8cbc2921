package dev.nla.train.run.tracker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Protects that MLflow's own server takes what is sent to it, and has it afterwards. Needs a Python with mlflow: {@code NLA_MLFLOW_PYTHON},
 * else {@code python3}.
 */
@Tag("peers")
class RealMlflowTest {
    private static final String PYTHON = System.getenv().getOrDefault("NLA_MLFLOW_PYTHON", "python3");
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @TempDir
    static Path store;

    @TempDir
    private Path folder;

    private static Process server;
    private static String address;

    @BeforeAll
    static void start() throws Exception {
        assumeTrue(
                installed(),
                PYTHON + " has no mlflow: pip install mlflow, or name another Python by NLA_MLFLOW_PYTHON");
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        address = "http://127.0.0.1:" + port;
        server = new ProcessBuilder(
                        PYTHON,
                        "-m",
                        "mlflow",
                        "server",
                        "--host",
                        "127.0.0.1",
                        "--port",
                        String.valueOf(port),
                        "--workers",
                        "1",
                        "--backend-store-uri",
                        "sqlite:///" + store.resolve("mlflow.db"))
                .directory(store.toFile())
                .redirectErrorStream(true)
                .redirectOutput(store.resolve("log").toFile())
                .start();
        while (!healthy()) {
            assertThat(server.isAlive()).as("mlflow server, see " + store).isTrue();
            Thread.sleep(200);
        }
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.descendants().forEach(ProcessHandle::destroy);
            server.destroy();
        }
    }

    @Test
    void itHasARunThatWentOnWhole() throws Exception {
        Map<String, Double> values = new LinkedHashMap<>();
        Map<String, String> params = new LinkedHashMap<>();
        for (int i = 0; i < 1500; i++) {
            values.put("m" + i, i / 2.0);
            params.put("p" + i / 10, "a text, " + "long ".repeat(2000));
        }
        try (MlflowTracker tracker = tracker(params)) {
            tracker.scalars(1, "train", values);
            tracker.scalars(1, "eval", Map.of("gap/centered", 0.25, "fve/nrm", Double.NaN));
            tracker.end(false);
            assertThat(tracker.troubles()).isEmpty();
        }
        assertThat(runs()).hasSize(1);
        assertThat(runs().get(0).at("/info/status").asText()).isEqualTo("FAILED");
        try (MlflowTracker tracker = tracker(params)) {
            tracker.earlier(1, "train", values);
            tracker.scalars(2, "eval", Map.of("gap/centered", 0.5));
            tracker.end(true);
            assertThat(tracker.troubles()).isEmpty();
        }
        assertThat(runs()).hasSize(1);
        JsonNode run = runs().get(0);
        assertThat(run.at("/info/status").asText()).isEqualTo("FINISHED");
        assertThat(run.at("/info/run_name").asText()).isEqualTo("real");
        assertThat(run.at("/data/metrics")).hasSize(1502);
        assertThat(run.at("/data/params")).hasSize(150);
        JsonNode gap = history(run.at("/info/run_id").asText(), "eval/gap/centered");
        assertThat(gap.findValuesAsText("step")).containsExactly("1", "2");
        assertThat(gap.findValuesAsText("value")).containsExactly("0.25", "0.5");
        assertThat(history(run.at("/info/run_id").asText(), "train/m3")).hasSize(1);
    }

    private MlflowTracker tracker(Map<String, String> params) {
        MlflowServer where = MlflowServer.of(Optional.of(address), Map.of());
        return new MlflowTracker(
                folder, where, new MlflowStart("of a test", "real", Map.of("nla.output_dir", "x"), params));
    }

    private static List<JsonNode> runs() throws Exception {
        JsonNode experiment = get("experiments/get-by-name?experiment_name=of+a+test");
        String id = experiment.at("/experiment/experiment_id").asText();
        HttpRequest search = HttpRequest.newBuilder(URI.create(address + "/api/2.0/mlflow/runs/search"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"experiment_ids\": [\"" + id + "\"]}"))
                .build();
        String found = HTTP.send(search, HttpResponse.BodyHandlers.ofString()).body();
        return List.copyOf(new ObjectMapper()
                .readTree(found).findValues("runs").stream()
                        .flatMap(list -> StreamSupport.stream(list.spliterator(), false))
                        .toList());
    }

    private static JsonNode history(String run, String key) throws Exception {
        return get("metrics/get-history?run_id=" + run + "&metric_key=" + key).path("metrics");
    }

    private static JsonNode get(String call) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(address + "/api/2.0/mlflow/" + call))
                .build();
        return new ObjectMapper()
                .readTree(
                        HTTP.send(request, HttpResponse.BodyHandlers.ofString()).body());
    }

    private static boolean installed() throws InterruptedException {
        try {
            return new ProcessBuilder(PYTHON, "-c", "import importlib.util as u; exit(u.find_spec('mlflow') is None)")
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException absent) {
            return false;
        }
    }

    private static boolean healthy() throws InterruptedException {
        try {
            HttpRequest request =
                    HttpRequest.newBuilder(URI.create(address + "/health")).build();
            return HTTP.send(request, HttpResponse.BodyHandlers.ofString()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }
}
