package dev.nla.remote.testing;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A hub with one repository of each type, and a second server that hands out its large files by signed addresses. It speaks as much of the
 * hub's protocol as huggingface_hub asks for, remembers every request, and can be told to answer some of them wrongly.
 */
public final class HubServer implements AutoCloseable {
    /** The repository. */
    public static final String REPO = "org/tiny-model";

    /** Where {@code main} is. */
    public static final String COMMIT = "4d6c1f0a9b8e7d6c5b4a39281706f5e4d3c2b1a0";

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

    private final LocalServer hub = new LocalServer("localhost", "hub", this::answerHub);
    private final LocalServer cdn = new LocalServer("127.0.0.1", "cdn", this::answerCdn);
    private final Map<String, Stored> files = new LinkedHashMap<>();
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

    /** Once, a request whose server, method and path, as in {@code hub GET /path}, contain {@code part} gets this answer. */
    public HubServer once(String part, HttpHandler answer) {
        (part.startsWith("cdn") ? cdn : hub).once(part, answer);
        return this;
    }

    /** Many times over. */
    public HubServer always(String part, HttpHandler answer) {
        (part.startsWith("cdn") ? cdn : hub).always(part, answer);
        return this;
    }

    /** No more wrong answers, and what was asked is forgotten. */
    public void repair() {
        hub.repair();
        cdn.repair();
    }

    /** Its address. */
    public URI endpoint() {
        return hub.address();
    }

    /** What the hub was asked, as {@code hub GET /path}, then what the other server was. */
    public List<String> asked() {
        return Stream.concat(hub.requests().stream(), cdn.requests().stream())
                .map(LocalServer.Request::line)
                .toList();
    }

    /** All requests to {@code hub} or {@code cdn}. */
    public List<LocalServer.Request> requests(String server) {
        return (server.equals("cdn") ? cdn : hub).requests();
    }

    /** The checksum of a file, which is also its name in the cache. */
    public String etag(String name) {
        return files.get(name).etag();
    }

    @Override
    public void close() {
        hub.close();
        cdn.close();
    }

    private void answerHub(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String api = "/api/models/" + REPO;
        String data = "/api/datasets/" + REPO;
        if (path.equals(api + "/revision/main")
                || path.equals(api + "/revision/" + COMMIT)
                || path.equals(data + "/revision/main")) {
            LocalServer.body(200, listing()).handle(exchange);
        } else if (path.equals(api + "/tree/" + COMMIT)) {
            LocalServer.body(200, tree()).handle(exchange);
        } else if (path.startsWith(api + "/revision/")) {
            LocalServer.status(404, "X-Error-Code", "RevisionNotFound").handle(exchange);
        } else {
            resolve(exchange, path.replaceFirst("^/datasets", ""));
        }
    }

    private void resolve(HttpExchange exchange, String path) throws IOException {
        String folder = "/" + REPO + "/resolve/" + COMMIT + "/";
        Stored stored = path.startsWith(folder) ? files.get(path.substring(folder.length())) : null;
        if (stored == null) {
            LocalServer.status(
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
            headers.set("Location", cdn.address() + "/signed/" + stored.etag());
            exchange.sendResponseHeaders(302, -1);
            exchange.close();
        } else {
            headers.set("ETag", "\"" + stored.etag() + "\"");
            LocalServer.body(200, stored.bytes()).handle(exchange);
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
            LocalServer.body(200, bytes).handle(exchange);
            return;
        }
        int from = Integer.parseInt(range.replaceAll("\\D", ""));
        exchange.getResponseHeaders()
                .set("Content-Range", "bytes " + from + "-" + (bytes.length - 1) + "/" + bytes.length);
        LocalServer.body(206, Arrays.copyOfRange(bytes, from, bytes.length)).handle(exchange);
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
