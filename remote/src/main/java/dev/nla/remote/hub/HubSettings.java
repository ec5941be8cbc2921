package dev.nla.remote.hub;

import dev.nla.model.InputException;
import dev.nla.model.files.FileFault;
import dev.nla.remote.http.Secret;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Where to pull from and into which cache.
 *
 * @param endpoint address of the hub, without a slash at the end
 * @param token sent to the endpoint and to nobody else
 * @param cache the folder of all repositories
 * @param idle how long the hub may be silent
 * @param offline whether only what the cache holds is used
 */
public record HubSettings(URI endpoint, Optional<Secret> token, Path cache, Duration idle, boolean offline) {
    private static final Set<String> TRUE = Set.of("1", "ON", "YES", "TRUE");

    /**
     * Checks the address.
     *
     * @throws InputException (usage) where it is none of a web server
     */
    public HubSettings {
        if (!Set.of("http", "https").contains(String.valueOf(endpoint.getScheme())) || endpoint.getHost() == null) {
            throw InputException.usage(
                    "the endpoint is %s: an address such as https://huggingface.co was expected", endpoint);
        }
    }

    /**
     * What the variables of huggingface_hub say: {@code HF_ENDPOINT}, {@code HF_TOKEN} or the token file, {@code HF_HOME} and
     * {@code HF_HUB_CACHE}, {@code HF_HUB_DOWNLOAD_TIMEOUT}, {@code HF_HUB_OFFLINE}.
     *
     * @param environment variables by name
     * @param home the user's folder
     * @param endpoint in place of the variable
     * @param cache in place of the variable
     */
    public static HubSettings of(
            Map<String, String> environment, Path home, Optional<String> endpoint, Optional<Path> cache) {
        Variables variables = new Variables(environment, home);
        String address = endpoint.or(() -> variables.text("HF_ENDPOINT")).orElse("https://huggingface.co");
        return new HubSettings(
                address(address),
                variables.token(),
                cache.orElseGet(variables::cache),
                variables.idle(),
                variables.flag("HF_HUB_OFFLINE") || variables.flag("TRANSFORMERS_OFFLINE"));
    }

    private static URI address(String text) {
        try {
            return URI.create(text.replaceFirst("/+$", ""));
        } catch (IllegalArgumentException e) {
            throw InputException.usage(
                    "the endpoint is %s: an address such as https://huggingface.co was expected", text);
        }
    }

    /** The variables as huggingface_hub reads them: an empty one counts as missing, {@code ~} is the user's folder. */
    private record Variables(Map<String, String> environment, Path home) {
        Optional<String> text(String name) {
            return Optional.ofNullable(environment.get(name)).map(String::strip).filter(value -> !value.isEmpty());
        }

        Optional<Path> path(String name) {
            return text(name)
                    .map(value -> value.equals("~") || value.startsWith("~/") ? home + value.substring(1) : value)
                    .map(Path::of);
        }

        boolean flag(String name) {
            return text(name).map(String::toUpperCase).filter(TRUE::contains).isPresent();
        }

        Path hugging() {
            return path("HF_HOME").orElseGet(() -> path("XDG_CACHE_HOME")
                    .orElse(home.resolve(".cache"))
                    .resolve("huggingface"));
        }

        Path cache() {
            return path("HF_HUB_CACHE").or(() -> path("HUGGINGFACE_HUB_CACHE")).orElseGet(() -> hugging()
                    .resolve("hub"));
        }

        Duration idle() {
            String seconds = text("HF_HUB_DOWNLOAD_TIMEOUT").orElse("10");
            if (!seconds.matches("[1-9]\\d{0,5}")) {
                throw InputException.usage(
                        "HF_HUB_DOWNLOAD_TIMEOUT is %s: a whole number of seconds was expected", seconds);
            }
            return Duration.ofSeconds(Long.parseLong(seconds));
        }

        Optional<Secret> token() {
            if (flag("HF_HUB_DISABLE_IMPLICIT_TOKEN")) {
                return Optional.empty();
            }
            return text("HF_TOKEN")
                    .or(() -> text("HUGGING_FACE_HUB_TOKEN"))
                    .or(this::tokenFile)
                    .map(Secret::new);
        }

        private Optional<String> tokenFile() {
            Path file = path("HF_TOKEN_PATH").orElseGet(() -> hugging().resolve("token"));
            if (!Files.exists(file)) {
                return Optional.empty();
            }
            try {
                return Optional.of(Files.readString(file).strip()).filter(value -> !value.isEmpty());
            } catch (IOException e) {
                throw InputException.data(e, "%s: the token cannot be read: %s", file, FileFault.of(e));
            }
        }
    }
}
