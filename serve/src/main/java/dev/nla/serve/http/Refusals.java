package dev.nla.serve.http;

import dev.nla.serve.api.fault.Fault;
import dev.nla.serve.api.fault.RequestException;
import dev.nla.serve.http.exchange.JsonAnswers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Says in JSON what Jetty refuses before any route hears of it: heads that are no HTTP, are too large, or ask for what nobody does. */
final class Refusals implements Request.Handler {
    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        if (response.getStatus() < 400) {
            response.setStatus(500);
        }
        byte[] body = JsonAnswers.text(JsonAnswers.error(failure(response.getStatus())))
                .getBytes(StandardCharsets.UTF_8);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
        response.write(true, ByteBuffer.wrap(body), callback);
        return true;
    }

    private static RequestException failure(int status) {
        return switch (status) {
            case 400 -> RequestException.of(Fault.INVALID_REQUEST, "the request is no HTTP/1.1 that can be read");
            case 411 -> RequestException.of(Fault.INVALID_REQUEST, "say how long the body is: Content-Length");
            case 414 -> RequestException.of(Fault.TOO_LARGE, "the path is longer than any that there is");
            case 417 -> RequestException.of(Fault.INVALID_REQUEST, "the only expectation that is met is 100-continue");
            case 426, 505 -> RequestException.of(Fault.INVALID_REQUEST, "ask by HTTP/1.1");
            case 431 -> RequestException.of(Fault.TOO_LARGE, "the request's head has too many or too large fields");
            case 501 -> RequestException.of(Fault.INVALID_REQUEST, "the request asks for what this server does not do");
            default -> other(status);
        };
    }

    private static RequestException other(int status) {
        Fault fault = Arrays.stream(Fault.values())
                .filter(each -> each.status() == status)
                .findFirst()
                .orElse(status < 500 ? Fault.INVALID_REQUEST : Fault.INTERNAL);
        return RequestException.of(fault, "the request could not be answered");
    }
}
