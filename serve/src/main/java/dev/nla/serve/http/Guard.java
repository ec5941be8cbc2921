package dev.nla.serve.http;

import dev.nla.serve.api.fault.Fault;
import dev.nla.serve.api.fault.RequestException;
import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Who may ask. With a token, whoever bears it; without one the server listens on loopback alone, and then a web page of another site must
 * not ask in the name of the user who looks at it: such a page can neither send JSON without asking first, nor a host name of ours.
 */
final class Guard {
    private static final String SCHEME = "bearer ";

    private final Optional<byte[]> token;
    private final List<String> hosts;

    Guard(Optional<String> token, String host) {
        this.token = token.map(text -> text.getBytes(StandardCharsets.UTF_8));
        this.hosts = List.of("localhost", "127.0.0.1", "[::1]", host);
    }

    /** Refuses requests of strangers. */
    void check(Context context) {
        if (token.isEmpty()) {
            checkHost(context);
            return;
        }
        String given = Optional.ofNullable(context.header("Authorization")).orElse("");
        boolean bearer = given.toLowerCase(Locale.ROOT).startsWith(SCHEME);
        byte[] secret = (bearer ? given.substring(SCHEME.length()).strip() : "").getBytes(StandardCharsets.UTF_8);
        if (!MessageDigest.isEqual(secret, token.get())) {
            context.header("WWW-Authenticate", "Bearer");
            throw RequestException.of(
                    Fault.UNAUTHORIZED,
                    bearer ? "the token is not the server's" : "send the server's token: Authorization: Bearer …");
        }
    }

    private void checkHost(Context context) {
        String host = Optional.ofNullable(context.header("Host")).orElse("");
        String name = host.replaceFirst(":\\d*$", "").toLowerCase(Locale.ROOT);
        if (!hosts.contains(name)) {
            throw RequestException.of(
                    Fault.FORBIDDEN, "the host name is not one of this server: ask for localhost or 127.0.0.1");
        }
    }

    /** Refuses bodies that are not said to be JSON. */
    void checkJson(Context context) {
        String type = Optional.ofNullable(context.contentType()).orElse("").toLowerCase(Locale.ROOT);
        if (!type.split(";")[0].strip().equals("application/json")) {
            throw RequestException.of(Fault.UNSUPPORTED_MEDIA_TYPE, "send JSON: Content-Type: application/json");
        }
    }
}
