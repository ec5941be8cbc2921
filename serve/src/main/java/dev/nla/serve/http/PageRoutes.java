package dev.nla.serve.http;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/** The page and the description of the interface: files that lie beside this class. */
final class PageRoutes {
    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
                    + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private PageRoutes() {}

    static List<Route> all() {
        return List.of(
                file("/", "page/index.html", "text/html; charset=utf-8"),
                file("/page.css", "page/page.css", "text/css; charset=utf-8"),
                file("/page.js", "page/page.js", "text/javascript; charset=utf-8"),
                file("/api.js", "page/api.js", "text/javascript; charset=utf-8"),
                file("/icon.svg", "page/icon.svg", "image/svg+xml"),
                file("/openapi.json", "openapi.json", "application/json"));
    }

    private static Route file(String path, String resource, String type) {
        byte[] bytes = bytes(resource);
        return Route.open(path, context -> send(context, bytes, type));
    }

    private static void send(Context context, byte[] bytes, String type) {
        context.header("Content-Security-Policy", POLICY)
                .header("Cache-Control", "no-cache")
                .contentType(type)
                .result(bytes);
    }

    private static byte[] bytes(String resource) {
        try (InputStream in = PageRoutes.class.getResourceAsStream(resource)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
