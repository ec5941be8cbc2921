package dev.nla.serve.http;

import dev.nla.model.InputException;
import dev.nla.model.Key;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;

/**
 * How the server listens and what it lets in.
 *
 * @param host the address to listen on
 * @param port 0 for any that is free
 * @param token what requests must bear; needed beyond loopback
 * @param maxBodyBytes most bytes of a request's body
 * @param requestTimeout after which a request is given up
 * @param idleTimeout after which a connection on which nothing moves is closed
 * @param maxConnections most connections at a time; more wait to be accepted
 * @param patience how long requests may go on when the server stops
 * @param maxNewTokens most tokens of a completion
 * @param maxSamples most completions of a request
 */
public record ServeSettings(
        String host,
        int port,
        Optional<String> token,
        long maxBodyBytes,
        Duration requestTimeout,
        Duration idleTimeout,
        int maxConnections,
        Duration patience,
        int maxNewTokens,
        int maxSamples) {
    /** The usual {@code idleTimeout}. */
    public static final Duration IDLE = Duration.ofSeconds(30);

    private static final Duration LONGEST = Duration.ofDays(365);

    /** Checks ranges, and that only loopback goes without a token. */
    public ServeSettings {
        if (port < 0 || port > 65535) {
            throw InputException.usage("%s %d: expected 0 to 65535", Key.of("port"), port);
        }
        if (maxBodyBytes < 1 || maxConnections < 1 || requestTimeout.isNegative() || requestTimeout.isZero()) {
            throw InputException.usage(
                    "%s %d, %s %d, %s %d: each must be at least 1",
                    Key.of("max_body"),
                    maxBodyBytes,
                    Key.of("max_connections"),
                    maxConnections,
                    Key.of("request_timeout"),
                    requestTimeout.toSeconds());
        }
        if (requestTimeout.compareTo(LONGEST) > 0 || patience.compareTo(LONGEST) > 0 || patience.isNegative()) {
            throw InputException.usage(
                    "%s %d, %s %d: expected at most %d seconds, a year, and not less than 0",
                    Key.of("request_timeout"),
                    requestTimeout.toSeconds(),
                    Key.of("stop_timeout"),
                    patience.toSeconds(),
                    LONGEST.toSeconds());
        }
        if (token.isEmpty() && !loopback(host)) {
            throw InputException.usage(
                    "%s %s: whoever reaches this machine could use the model: give %s, or listen on 127.0.0.1",
                    Key.of("host"), host, Key.of("token_file"));
        }
    }

    private static boolean loopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            throw InputException.usage("%s %s: there is no such address", Key.of("host"), host);
        }
    }
}
