package dev.nla.data.testing;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

/**
 * A hub with one repository of each type, and a second server that hands out its large files by signed addresses. It speaks as much of the
 * hub's protocol as huggingface_hub asks for, remembers every request, and can be told to answer some of them wrongly.
 */
public final class HubServer implements AutoCloseable {
    /** The repository. */
    public static final String REPO = "org/tiny-model";

    /** Where {@code main} is. */
    public static final String COMMIT = "4d6c1f0a9b8e7d6c5b4a39281706f5e4d3c2b1a0";

    /**
     * What was asked.
     *
     * @param server {@code hub} or {@code cdn}
     */
    public record Request(String server, String method, String path, Headers headers) {}

    /** A file; large ones lie in LFS. */
    private record Stored(byte[] bytes, boolean large) {
        String sha1() {
            byte[] header = ("blob " + bytes.length + "\0").getBytes(StandardCharsets.US_ASCII);
            return digest("SHA-1", header, bytes);
        }

        String etag() {
            return large ? digest("SHA-256", bytes) : sha1();
        }
    }

    private record Fault(String part, HttpHandler answer) {}

    private final HttpServer hub = server("localhost", this::answerHub);
    private final HttpServer cdn = server("127.0.0.1", this::answerCdn);
    private final Map<String, Stored> files = new LinkedHashMap<>();
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final List<Fault> faults = new CopyOnWriteArrayList<>();
    private boolean namesChecksums = true;

    /** Adds a file that git holds. */
    public HubServer small(String name, String text) {
        files.put(name, new Stored(text.getBytes(StandardCharsets.UTF_8), false));
        return this;
    }

    /** Adds a file in LFS. */
    public HubServer large(String name, byte[] bytes) {
        files.put(name, new Stored(bytes, true));
        return this;
    }

    /** From now on the listing has names alone, as that of some mirrors. */
    public HubServer withoutChecksumsInTheListing() {
        namesChecksums = false;
        return this;
    }

    /** Once, a request whose server, method and path, {@code hub GET /path}, contain {@code part} gets this answer. */
    public HubServer once(String part, HttpHandler answer) {
        faults.add(new Fault(part, answer));
        return this;
    }

    /** Many times over. */
    public HubServer always(String part, HttpHandler answer) {
        for (int i = 0; i < 100; i++) {
            once(part, answer);
        }
        return this;
    }

    /** No more wrong answers. */
    public void repair() {
        faults.clear();
        requests.clear();
    }

    /** Its address. */
    public URI endpoint() {
        return URI.create("http://localhost:" + hub.getAddress().getPort());
    }

    /** What was asked so far, as {@code hub GET /path}. */
    public List<String> asked() {
        return requests.stream()
                .map(request -> request.server() + " " + request.method() + " " + request.path())
                .toList();
    }

    /** All requests to one of the servers. */
    public List<Request> requests(String server) {
        return requests.stream()
                .filter(request -> request.server().equals(server))
                .toList();
    }

    /** The checksum of a file, which is also its name in the cache. */
    public String etag(String name) {
        return files.get(name).etag();
    }

    /** An answer of a status with headers, name after value. */
    public static HttpHandler status(int status, String... headers) {
        return exchange -> {
            for (int i = 0; i < headers.length; i += 2) {
                exchange.getResponseHeaders().set(headers[i], headers[i + 1]);
            }
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        };
    }

    /** A body with its right length in the header that ends after some bytes. */
    public static HttpHandler cut(byte[] whole, int after) {
        return exchange -> {
            exchange.sendResponseHeaders(200, whole.length);
            exchange.getResponseBody().write(whole, 0, after);
            exchange.getResponseBody().flush();
            exchange.close();
        };
    }

    /** A body that goes silent after some bytes; the connection stays. */
    public static HttpHandler silent(byte[] whole, int after) {
        return exchange -> {
            exchange.sendResponseHeaders(200, whole.length);
            exchange.getResponseBody().write(whole, 0, after);
            exchange.getResponseBody().flush();
        };
    }

    /** Another body. */
    public static HttpHandler body(byte[] bytes) {
        return exchange -> send(exchange, 200, bytes);
    }

    @Override
    public void close() {
        hub.stop(0);
        cdn.stop(0);
    }

    private void answerHub(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String api = "/api/models/" + REPO;
        String data = "/api/datasets/" + REPO;
        if (path.equals(api + "/revision/main")
                || path.equals(api + "/revision/" + COMMIT)
                || path.equals(data + "/revision/main")) {
            send(exchange, 200, listing().getBytes(StandardCharsets.UTF_8));
        } else if (path.equals(api + "/tree/" + COMMIT)) {
            send(exchange, 200, tree().getBytes(StandardCharsets.UTF_8));
        } else if (path.startsWith(api + "/revision/")) {
            status(404, "X-Error-Code", "RevisionNotFound").handle(exchange);
        } else {
            resolve(exchange, path.replaceFirst("^/datasets", ""));
        }
    }

    private void resolve(HttpExchange exchange, String path) throws IOException {
        String folder = "/" + REPO + "/resolve/" + COMMIT + "/";
        Stored stored = path.startsWith(folder) ? files.get(path.substring(folder.length())) : null;
        if (stored == null) {
            status(
                            path.startsWith("/" + REPO) ? 404 : 401,
                            "X-Error-Code",
                            path.startsWith("/" + REPO) ? "EntryNotFound" : "RepoNotFound")
                    .handle(exchange);
            return;
        }
        Headers headers = exchange.getResponseHeaders();
        headers.set("X-Repo-Commit", COMMIT);
        if (stored.large()) {
            headers.set("X-Linked-Etag", "\"" + stored.etag() + "\"");
            headers.set("X-Linked-Size", Integer.toString(stored.bytes().length));
            headers.set("Location", "http://127.0.0.1:" + cdn.getAddress().getPort() + "/signed/" + stored.etag());
            exchange.sendResponseHeaders(302, -1);
            exchange.close();
        } else {
            headers.set("ETag", "\"" + stored.etag() + "\"");
            send(exchange, 200, stored.bytes());
        }
    }

    private void answerCdn(HttpExchange exchange) throws IOException {
        String etag = exchange.getRequestURI().getPath().replace("/signed/", "");
        byte[] bytes = files.values().stream()
                .filter(stored -> stored.etag().equals(etag))
                .findFirst()
                .orElseThrow()
                .bytes();
        String range = exchange.getRequestHeaders().getFirst("Range");
        if (range == null) {
            send(exchange, 200, bytes);
            return;
        }
        int from = Integer.parseInt(range.replaceAll("\\D", ""));
        exchange.getResponseHeaders()
                .set("Content-Range", "bytes " + from + "-" + (bytes.length - 1) + "/" + bytes.length);
        send(exchange, 206, Arrays.copyOfRange(bytes, from, bytes.length));
    }

    private String listing() {
        return files.entrySet().stream()
                .map(entry -> "{\"rfilename\": \"" + entry.getKey() + "\"" + sizes(entry.getValue()) + "}")
                .collect(Collectors.joining(
                        ", ", "{\"id\": \"" + REPO + "\", \"sha\": \"" + COMMIT + "\", \"siblings\": [", "]}"));
    }

    private String sizes(Stored stored) {
        if (!namesChecksums) {
            return "";
        }
        String size = ", \"size\": " + stored.bytes().length + ", \"blobId\": \"" + stored.sha1() + "\"";
        return stored.large()
                ? size + ", \"lfs\": {\"sha256\": \"" + stored.etag() + "\", \"size\": " + stored.bytes().length
                        + ", \"pointerSize\": 130}"
                : size;
    }

    private String tree() {
        return files.entrySet().stream()
                .map(entry -> "{\"type\": \"file\", \"path\": \"" + entry.getKey() + "\", \"oid\": \""
                        + entry.getValue().sha1() + "\", \"size\": "
                        + entry.getValue().bytes().length + "}")
                .collect(Collectors.joining(", ", "[", "]"));
    }

    private HttpServer server(String host, HttpHandler answer) {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(host, 0), 0);
            String name = host.equals("localhost") ? "hub" : "cdn";
            server.setExecutor(Executors.newCachedThreadPool(work -> {
                Thread thread = new Thread(work, name);
                thread.setDaemon(true);
                return thread;
            }));
            server.createContext("/", exchange -> remembered(name, exchange, answer));
            server.start();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void remembered(String name, HttpExchange exchange, HttpHandler answer) throws IOException {
        Request request = new Request(
                name, exchange.getRequestMethod(), exchange.getRequestURI().getPath(), exchange.getRequestHeaders());
        requests.add(request);
        String line = name + " " + request.method() + " " + request.path();
        for (Fault fault : faults) {
            if (line.contains(fault.part())) {
                faults.remove(fault);
                fault.answer().handle(exchange);
                return;
            }
        }
        answer.handle(exchange);
    }

    private static void send(HttpExchange exchange, int status, byte[] bytes) throws IOException {
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.getResponseHeaders().set("Content-Length", Integer.toString(bytes.length));
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
            return;
        }
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }

    private static String digest(String algorithm, byte[]... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance(algorithm);
            for (byte[] part : parts) {
                digest.update(part);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
