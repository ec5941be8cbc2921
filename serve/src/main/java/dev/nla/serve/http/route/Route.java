package dev.nla.serve.http.route;

import io.javalin.http.Handler;
import io.javalin.http.HandlerType;

/**
 * Something that may be asked.
 *
 * @param method of HTTP
 * @param path with {@code {name}} where a name stands
 * @param open whether it needs no token
 * @param handler answers
 */
public record Route(HandlerType method, String path, boolean open, Handler handler) {
    public static Route open(String path, Handler handler) {
        return new Route(HandlerType.GET, path, true, handler);
    }

    public static Route get(String path, Handler handler) {
        return new Route(HandlerType.GET, path, false, handler);
    }

    public static Route post(String path, Handler handler) {
        return new Route(HandlerType.POST, path, false, handler);
    }

    public static Route delete(String path, Handler handler) {
        return new Route(HandlerType.DELETE, path, false, handler);
    }
}
