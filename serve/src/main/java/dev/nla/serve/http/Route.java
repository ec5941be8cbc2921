package dev.nla.serve.http;

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
record Route(HandlerType method, String path, boolean open, Handler handler) {
    static Route open(String path, Handler handler) {
        return new Route(HandlerType.GET, path, true, handler);
    }

    static Route get(String path, Handler handler) {
        return new Route(HandlerType.GET, path, false, handler);
    }

    static Route post(String path, Handler handler) {
        return new Route(HandlerType.POST, path, false, handler);
    }

    static Route delete(String path, Handler handler) {
        return new Route(HandlerType.DELETE, path, false, handler);
    }
}
