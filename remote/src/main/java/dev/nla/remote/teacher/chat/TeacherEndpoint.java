package dev.nla.remote.teacher.chat;

import dev.nla.model.InputException;
import dev.nla.model.Key;
import dev.nla.remote.http.Secret;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * Where a teacher is reached.
 *
 * @param base address below which {@code /chat/completions} lies, mostly ending with {@code /v1}; may have a query, which stays behind the
 *     path, as Azure's {@code ?api-version=…}
 * @param key sent as a bearer token, where one is needed
 * @param patience how long a whole answer may take
 */
public record TeacherEndpoint(URI base, Optional<Secret> key, Duration patience) {
    /**
     * Checks address and time.
     *
     * @throws InputException (usage) where one is none
     */
    public TeacherEndpoint {
        if (!Set.of("http", "https").contains(String.valueOf(base.getScheme()))
                || base.getHost() == null
                || base.getUserInfo() != null) {
            throw noAddress(base.toString());
        }
        if (patience.isNegative() || patience.isZero()) {
            throw InputException.usage(
                    "%s %d: at least 1 second was expected", Key.of("timeout"), patience.toSeconds());
        }
    }

    /** Reads an address as it is given on the command line. */
    public static TeacherEndpoint of(String base, Optional<Secret> key, Duration patience) {
        try {
            return new TeacherEndpoint(URI.create(base), key, patience);
        } catch (IllegalArgumentException e) {
            throw noAddress(base);
        }
    }

    /** Where requests go. A fragment is nothing that is sent. */
    URI completions() {
        String path = base.getRawPath().replaceFirst("/+$", "");
        String query = base.getRawQuery() == null ? "" : "?" + base.getRawQuery();
        return URI.create(base.getScheme() + "://" + base.getRawAuthority() + path + "/chat/completions" + query);
    }

    private static InputException noAddress(String base) {
        return InputException.usage(
                "%s %s: an address such as http://localhost:8000/v1 was expected", Key.of("base_url"), base);
    }
}
