package dev.nla.train.run.tracker;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The few calls of MLflow's REST interface (2.0) that a run needs; each ends within seconds. */
final class MlflowClient {
    /** The most that the server takes of each in one request. */
    static final int METRICS_AT_ONCE = 1000;

    static final int PARAMS_AT_ONCE = 100;
    private static final int LONGEST_PARAM = 6000;
    private static final int LONGEST_ANSWER = 1 << 20;
    private static final int LONGEST_SHOWN = 200;
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final JsonMapper JSON = new JsonMapper();

    private final MlflowServer server;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();

    /** One value: its name, when it was measured in milliseconds since 1970, and after which step. */
    record Metric(String key, double value, long timestamp, int step) {}

    MlflowClient(MlflowServer server) {
        this.server = server;
    }

    /** The id of the experiment of that name, which is made where there is none. */
    String experiment(String name) throws MlflowRefusal, InterruptedException {
        try {
            return experimentNamed(name);
        } catch (MlflowRefusal absent) {
            if (!absent.is("RESOURCE_DOES_NOT_EXIST")) {
                throw absent;
            }
        }
        try {
            return post("experiments/create", JSON.createObjectNode().put("name", name))
                    .path("experiment_id")
                    .asText();
        } catch (MlflowRefusal other) {
            if (other.is("RESOURCE_ALREADY_EXISTS")) {
                return experimentNamed(name);
            }
            throw other;
        }
    }

    private String experimentNamed(String name) throws MlflowRefusal, InterruptedException {
        String query = "experiments/get-by-name?experiment_name=" + URLEncoder.encode(name, StandardCharsets.UTF_8);
        return send(request(query).GET().build())
                .path("experiment")
                .path("experiment_id")
                .asText();
    }

    /** Makes a run and tells its id. */
    String create(String experiment, String name, long start, Map<String, String> tags)
            throws MlflowRefusal, InterruptedException {
        ObjectNode body = JSON.createObjectNode()
                .put("experiment_id", experiment)
                .put("run_name", name)
                .put("start_time", start);
        ArrayNode list = body.putArray("tags");
        tags.forEach((key, value) -> list.addObject().put("key", key).put("value", value));
        return post("runs/create", body).path("run").path("info").path("run_id").asText();
    }

    /** Says of a run that it is under way again. */
    void reopen(String run) throws MlflowRefusal, InterruptedException {
        post("runs/update", JSON.createObjectNode().put("run_id", run).put("status", "RUNNING"));
    }

    /** Says how a run has ended. */
    void end(String run, boolean succeeded, long time) throws MlflowRefusal, InterruptedException {
        post(
                "runs/update",
                JSON.createObjectNode()
                        .put("run_id", run)
                        .put("status", succeeded ? "FINISHED" : "FAILED")
                        .put("end_time", time));
    }

    /** Adds at most {@value #PARAMS_AT_ONCE} settings to a run; the ends of long ones are cut. */
    void params(String run, List<Map.Entry<String, String>> params) throws MlflowRefusal, InterruptedException {
        ObjectNode body = JSON.createObjectNode().put("run_id", run);
        ArrayNode list = body.putArray("params");
        params.forEach(param -> list.addObject()
                .put("key", param.getKey())
                .put(
                        "value",
                        param.getValue().length() <= LONGEST_PARAM
                                ? param.getValue()
                                : param.getValue()
                                                .substring(0, param.getValue().offsetByCodePoints(0, LONGEST_PARAM / 2))
                                        + "…"));
        post("runs/log-batch", body);
    }

    /** Adds at most {@value #METRICS_AT_ONCE} values to a run; those that are not finite as NaN. */
    void metrics(String run, List<Metric> metrics) throws MlflowRefusal, InterruptedException {
        ObjectNode body = JSON.createObjectNode().put("run_id", run);
        ArrayNode list = body.putArray("metrics");
        for (Metric metric : metrics) {
            ObjectNode one = list.addObject().put("key", metric.key().replaceAll("[^A-Za-z0-9_\\-. :/]", "_"));
            if (Double.isFinite(metric.value())) {
                one.put("value", metric.value());
            } else {
                one.put("value", "NaN");
            }
            one.put("timestamp", metric.timestamp()).put("step", metric.step());
        }
        post("runs/log-batch", body);
    }

    private JsonNode post(String call, ObjectNode body) throws MlflowRefusal, InterruptedException {
        return send(request(call)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
                .build());
    }

    private HttpRequest.Builder request(String call) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server.address() + "/api/2.0/mlflow/" + call))
                .timeout(PATIENCE);
        server.authorization().ifPresent(value -> request.header("Authorization", value));
        return request;
    }

    private JsonNode send(HttpRequest request) throws MlflowRefusal, InterruptedException {
        try {
            HttpResponse<InputStream> answer = http.send(request, HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream in = answer.body()) {
                String body = new String(in.readNBytes(LONGEST_ANSWER), StandardCharsets.UTF_8);
                return answer.statusCode() / 100 == 2 ? read(body) : refuse(answer.statusCode(), body);
            }
        } catch (ConnectException unreachable) {
            throw new MlflowRefusal("cannot be reached", false, "");
        } catch (HttpTimeoutException late) {
            throw new MlflowRefusal("gave no answer within " + PATIENCE.toSeconds() + " s", false, "");
        } catch (IOException broken) {
            throw new MlflowRefusal("the connection broke (" + broken.getMessage() + ")", false, "");
        }
    }

    private static JsonNode read(String body) throws MlflowRefusal {
        try {
            return JSON.readTree(body.isBlank() ? "{}" : body);
        } catch (JsonProcessingException wrong) {
            throw new MlflowRefusal("its answer is no JSON, so it is no MLflow server", true, "");
        }
    }

    private static JsonNode refuse(int status, String body) throws MlflowRefusal {
        JsonNode told;
        try {
            told = JSON.readTree(body);
        } catch (JsonProcessingException page) {
            told = JSON.createObjectNode();
        }
        String reason =
                told == null ? "" : told.path("message").asText().strip().replaceAll("\\s+", " ");
        String shown = reason.length() > LONGEST_SHOWN ? reason.substring(0, LONGEST_SHOWN) + "…" : reason;
        boolean lasting = status / 100 != 5 && status != 408 && status != 429;
        throw new MlflowRefusal(
                "status " + status + (shown.isEmpty() ? "" : ", " + shown),
                lasting,
                told == null ? "" : told.path("error_code").asText());
    }
}
