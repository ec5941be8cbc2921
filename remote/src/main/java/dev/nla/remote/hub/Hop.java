package dev.nla.remote.hub;

import dev.nla.model.InputException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.Optional;
import java.util.Set;

/**
 * One request on the way to an answer.
 *
 * @param from the first byte that is asked for
 * @param number how many redirects led here
 */
record Hop(String method, URI address, long from, int number) {
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
    private static final Set<String> WEB = Set.of("http", "https");
    private static final int MOST = 10;

    /** The first request. */
    Hop(String method, URI address, long from) {
        this(method, address, from, 0);
    }

    /**
     * Where a redirect leads; empty where the answer is none.
     *
     * @throws InputException where it leads nowhere, or one redirect too many came
     */
    Optional<Hop> next(Repo repo, HttpResponse<?> response) {
        if (!REDIRECTS.contains(response.statusCode())) {
            return Optional.empty();
        }
        if (number == MOST) {
            throw InputException.data(
                    "%s: the endpoint redirects in circles: is HF_ENDPOINT the address of a Hugging Face hub?", repo);
        }
        String location = response.headers().firstValue("Location").orElse("");
        return Optional.of(new Hop(method, target(repo, location), from, number + 1));
    }

    private URI target(Repo repo, String location) {
        URI target = null;
        try {
            target = address.resolve(location);
        } catch (IllegalArgumentException e) {
            // refused below, as every other address that is none
        }
        if (location.isEmpty() || target == null || target.getHost() == null || !WEB.contains(target.getScheme())) {
            throw InputException.data(
                    "%s: the endpoint redirects to \"%s\", which is no address: is HF_ENDPOINT that of a Hugging Face hub?",
                    repo, location);
        }
        return target;
    }
}
