package dev.nla.remote.hub;

import dev.nla.model.InputException;
import dev.nla.remote.http.HttpSender;
import dev.nla.remote.http.StreamedBody;
import dev.nla.remote.http.TransientException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The requests that a pull takes, each tried once. The token goes to the endpoint's own origin and is left out beyond it. */
final class HubClient {
    private static final int RANGE_NOT_SATISFIABLE = 416;
    private static final int LISTING_PATIENCE = 6;
    private static final int LONGEST_LISTING = 64 << 20;

    private final Repo repo;
    private final HubSettings settings;
    private final HttpSender sender;
    private final HubErrors errors;
    private final Clock clock;

    HubClient(Repo repo, HubSettings settings, HttpSender sender, Clock clock) {
        this.repo = repo;
        this.settings = settings;
        this.sender = sender;
        this.errors = new HubErrors(repo, settings.token().isPresent());
        this.clock = clock;
    }

    /** Asks what the revision holds. */
    Listing list() throws TransientException, InterruptedException {
        URI address = address("/api/" + repo.type().plural() + "/" + repo.name() + "/revision/"
                + encoded(repo.revision()) + "?blobs=true");
        HttpResponse<byte[]> response =
                follow(new Hop("GET", address, 0), small(), settings.idle().multipliedBy(LISTING_PATIENCE), () -> 0);
        errors.check(response, "the list of files", clock);
        return Listing.read(repo, response.body());
    }

    /**
     * Asks for a file's checksum and size.
     *
     * @throws InputException where the answer disagrees with the listing, or says neither
     */
    Blob describe(String commit, RemoteFile listed) throws TransientException, InterruptedException {
        Hop hop = new Hop("HEAD", fileAddress(commit, listed.name()), 0);
        HttpResponse<byte[]> response = follow(hop, small(), settings.idle(), () -> 0);
        errors.check(response, listed.name(), clock);
        return described(commit, listed, response.headers(), response.statusCode() >= 300);
    }

    /** Asks for a file's bytes from where {@code into} ends; they are in it afterwards, as far as they came. */
    void fetch(String commit, String name, PartialFile into) throws TransientException, InterruptedException {
        Hop hop = new Hop("GET", fileAddress(commit, name), into.size());
        HttpResponse<byte[]> response = follow(hop, into::receive, settings.idle(), into::received);
        if (response.statusCode() == RANGE_NOT_SATISFIABLE) {
            into.restart();
            throw new TransientException(name + ": the endpoint cannot go on at that place", Optional.empty());
        }
        errors.check(response, name, clock);
    }

    /** Follows redirects to the answer; for a file's description to the last one of the endpoint's own, which carries it. */
    private <T> HttpResponse<T> follow(Hop first, BodyHandler<T> body, Duration idle, LongSupplier progress)
            throws TransientException, InterruptedException {
        Hop hop = first;
        while (true) {
            HttpResponse<T> response = sender.send(request(hop), body, idle, progress);
            Optional<Hop> next = hop.next(repo, response);
            if (next.isEmpty()
                    || hop.method().equals("HEAD") && !isOwn(next.get().address())) {
                return response;
            }
            hop = next.get();
        }
    }

    private static BodyHandler<byte[]> small() {
        return info -> StreamedBody.limited(LONGEST_LISTING);
    }

    private Blob described(String commit, RemoteFile listed, HttpHeaders headers, boolean linked) {
        headers.firstValue("X-Repo-Commit").filter(said -> !said.equals(commit)).ifPresent(said -> {
            throw InputException.data(
                    "%s: %s is of commit %s, the listing of %s: pull again", repo, listed.name(), said, commit);
        });
        Optional<Checksum> said = headers.firstValue("X-Linked-Etag")
                .or(() -> headers.firstValue("ETag"))
                .flatMap(Checksum::of);
        Checksum checksum = said.or(listed::checksum)
                .orElseThrow(() -> InputException.data(
                        "%s: the endpoint names no checksum of %s, so that it cannot be checked: is it a Hugging Face hub?",
                        repo, listed.name()));
        if (!listed.checksum().orElse(checksum).equals(checksum)) {
            throw InputException.data(
                    "%s: the endpoint names two checksums of %s, %s in the listing and %s for the file: nothing of it was pulled",
                    repo, listed.name(), listed.checksum().get().digits(), checksum.digits());
        }
        OptionalLong size = Stream.of(
                        number(headers, "X-Linked-Size"),
                        listed.size(),
                        linked ? OptionalLong.empty() : number(headers, "Content-Length"))
                .filter(OptionalLong::isPresent)
                .findFirst()
                .orElseThrow(() -> InputException.data(
                        "%s: the endpoint names no size of %s: is it a Hugging Face hub?", repo, listed.name()));
        return new Blob(listed.name(), checksum, size.getAsLong());
    }

    private static OptionalLong number(HttpHeaders headers, String name) {
        return headers.firstValue(name)
                .filter(value -> value.matches("\\d{1,18}"))
                .map(value -> OptionalLong.of(Long.parseLong(value)))
                .orElse(OptionalLong.empty());
    }

    private HttpRequest request(Hop hop) {
        HttpRequest.Builder request = HttpRequest.newBuilder(hop.address())
                .method(hop.method(), BodyPublishers.noBody())
                .header("User-Agent", "nla")
                .header("Accept-Encoding", "identity");
        if (hop.from() > 0) {
            request.header("Range", "bytes=" + hop.from() + "-");
        }
        settings.token()
                .filter(token -> isOwn(hop.address()))
                .ifPresent(token -> request.header("Authorization", token.bearer()));
        return request.build();
    }

    private boolean isOwn(URI address) {
        return origin(address).equals(origin(settings.endpoint()));
    }

    private static String origin(URI address) {
        int standard = address.getScheme().equals("https") ? 443 : 80;
        return (address.getScheme() + "://" + address.getHost()).toLowerCase(Locale.ROOT) + ":"
                + (address.getPort() < 0 ? standard : address.getPort());
    }

    private URI fileAddress(String commit, String name) {
        String path = Arrays.stream(name.split("/")).map(HubClient::encoded).collect(Collectors.joining("/"));
        return address("/" + repo.type().urlPrefix() + repo.name() + "/resolve/" + commit + "/" + path);
    }

    private URI address(String path) {
        return URI.create(settings.endpoint() + path);
    }

    private static String encoded(String part) {
        return URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
