package dev.nla.serve.http.route;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The page and the description of the interface: files that lie beside this class. */
public final class PageRoutes {
    /** What the page consists of, beside {@code index.html}. */
    public static final List<String> FILES = List.of(
            "again.js",
            "all.js",
            "api.js",
            "beside.js",
            "card.js",
            "changes.js",
            "choice.js",
            "claims.js",
            "colours.js",
            "columns.js",
            "compare.js",
            "copy.js",
            "describe.js",
            "differences.js",
            "dom.js",
            "example.js",
            "figures.js",
            "fit.js",
            "formats.js",
            "history.js",
            "icon.svg",
            "link.js",
            "message.js",
            "missing.js",
            "nearest.js",
            "numbers.js",
            "page.css",
            "page.js",
            "pair.js",
            "past.js",
            "peek.js",
            "progress.js",
            "reading.js",
            "readings.js",
            "roving.js",
            "sample.js",
            "settings.js",
            "stale.js",
            "state.js",
            "steer.js",
            "steering.js",
            "strip.js",
            "strips.js",
            "table.js",
            "text.js",
            "timing.js",
            "trip.js",
            "twins.js",
            "units.js");

    private static final Map<String, String> TYPES = Map.of(
            "css", "text/css; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "svg", "image/svg+xml");

    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
                    + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private PageRoutes() {}

    public static List<Route> all() {
        List<Route> routes = new ArrayList<>();
        routes.add(file("/", "page/index.html", "text/html; charset=utf-8"));
        for (String name : FILES) {
            routes.add(file("/page/" + name, "page/" + name, TYPES.get(name.substring(name.lastIndexOf('.') + 1))));
        }
        routes.add(file("/openapi.json", "openapi.json", "application/json"));
        return routes;
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
