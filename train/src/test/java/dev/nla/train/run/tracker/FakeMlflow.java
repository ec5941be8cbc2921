package dev.nla.train.run.tracker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** As much of an MLflow server as a run speaks to: it keeps what it is told, and fails as it is asked to. */
final class FakeMlflow implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** What is known of a run: how often each value came, its settings, its status. */
    static final class Run {
        final Map<String, List<String>> values = new TreeMap<>();
        final Map<String, String> params = new LinkedHashMap<>();
        String name = "";
        String status = "RUNNING";
    }

    final Map<String, Run> runs = new LinkedHashMap<>();
    final List<String> requests = new ArrayList<>();
    final List<String> authorizations = new ArrayList<>();
    private final Map<String, String> experiments = new LinkedHashMap<>();
    private final HttpServer server;
    private int failing;
    private int status;

    FakeMlflow() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** So many of the next requests get this status. */
    synchronized void fails(int times, int with) {
        failing = times;
        status = with;
    }

    /** Forgets its runs, as after a deletion. */
    synchronized void forget() {
        runs.clear();
    }

    /** Waits until some value has come. */
    synchronized void awaitValues() throws InterruptedException {
        while (runs.values().stream().allMatch(run -> run.values.isEmpty())) {
            wait();
        }
    }

    synchronized Run only() {
        return runs.values().iterator().next();
    }

    private synchronized void answer(HttpExchange exchange) throws IOException {
        String call = exchange.getRequestURI().toString().replace("/api/2.0/mlflow/", "");
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        requests.add(call);
        authorizations.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
        if (failing > 0) {
            failing--;
            send(exchange, status, "{\"error_code\": \"OTHER\", \"message\": \"not\\nnow\"}");
            return;
        }
        JsonNode asked = JSON.readTree(body.isEmpty() ? "{}" : body);
        if (call.startsWith("experiments/get-by-name")) {
            String id = experiments.get(call.substring(call.indexOf('=') + 1));
            send(
                    exchange,
                    id == null ? 404 : 200,
                    id == null ? absent() : "{\"experiment\": {\"experiment_id\": \"" + id + "\"}}");
        } else if (call.equals("experiments/create")) {
            experiments.put(asked.get("name").asText(), "7");
            send(exchange, 200, "{\"experiment_id\": \"7\"}");
        } else if (call.equals("runs/create")) {
            String id = "run" + (runs.size() + 1) + "x" + requests.size();
            Run run = new Run();
            run.name = asked.get("run_name").asText();
            runs.put(id, run);
            send(exchange, 200, "{\"run\": {\"info\": {\"run_id\": \"" + id + "\"}}}");
        } else {
            Run run = runs.get(asked.path("run_id").asText());
            boolean tooMuch =
                    asked.path("metrics").size() > 1000 || asked.path("params").size() > 100;
            if (run == null || tooMuch) {
                send(exchange, run == null ? 404 : 400, absent());
                return;
            }
            asked.path("metrics").forEach(metric -> run.values
                    .computeIfAbsent(
                            metric.get("key").asText() + "@"
                                    + metric.get("step").asInt(),
                            key -> new ArrayList<>())
                    .add(metric.get("value").asText()));
            asked.path("params")
                    .forEach(param -> run.params.put(
                            param.get("key").asText(), param.get("value").asText()));
            run.status = asked.path("status").asText(run.status);
            notifyAll();
            send(exchange, 200, "{}");
        }
    }

    private static String absent() {
        return "{\"error_code\": \"RESOURCE_DOES_NOT_EXIST\", \"message\": \"no such thing\"}";
    }

    private static void send(HttpExchange exchange, int code, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(code, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
