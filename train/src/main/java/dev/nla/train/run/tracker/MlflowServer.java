package dev.nla.train.run.tracker;

import dev.nla.model.InputException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/**
 * Which server of MLflow, and how it is asked in.
 *
 * @param address without user, password and a slash at the end
 * @param authorization the header that lets in, where one is needed
 */
record MlflowServer(String address, Optional<String> authorization) {
    private static final String URI_VARIABLE = "MLFLOW_TRACKING_URI";

    /**
     * The server of the settings, else that of the environment, by the names that MLflow's own clients read.
     *
     * @throws InputException (usage) where none is named, or one that is no address of HTTP
     */
    static MlflowServer of(Optional<String> setting, Map<String, String> environment) {
        String source = setting.isPresent() ? "mlflow_tracking_uri" : URI_VARIABLE;
        String text = setting.orElseGet(() -> environment.getOrDefault(URI_VARIABLE, ""))
                .strip();
        if (text.isEmpty()) {
            throw InputException.usage(
                    "report_to has mlflow, but no server is named: set mlflow_tracking_uri, such as http://localhost:5000, or %s",
                    URI_VARIABLE);
        }
        URI uri = parsed(text, source);
        String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
        String address = (uri.getScheme() + "://" + uri.getHost() + port + uri.getRawPath()).replaceAll("/+$", "");
        return new MlflowServer(address, authorization(uri, environment));
    }

    private static URI parsed(String text, String source) {
        try {
            URI uri = new URI(text);
            if (uri.getHost() != null && String.valueOf(uri.getScheme()).matches("https?")) {
                return uri;
            }
        } catch (URISyntaxException wrong) {
            // told as any other text that is no address
        }
        throw InputException.usage(
                "%s is '%s', expected http://… or https://…: start mlflow server over such a store, and name that",
                source, text);
    }

    private static Optional<String> authorization(URI uri, Map<String, String> environment) {
        String user = environment.getOrDefault("MLFLOW_TRACKING_USERNAME", "");
        String token = environment.getOrDefault("MLFLOW_TRACKING_TOKEN", "");
        if (uri.getUserInfo() != null) {
            return Optional.of(basic(uri.getUserInfo()));
        } else if (!user.isEmpty()) {
            return Optional.of(basic(user + ":" + environment.getOrDefault("MLFLOW_TRACKING_PASSWORD", "")));
        }
        return token.isEmpty() ? Optional.empty() : Optional.of("Bearer " + token);
    }

    private static String basic(String credentials) {
        return "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
    }

    /** Without what lets in. */
    @Override
    public String toString() {
        return address;
    }
}
