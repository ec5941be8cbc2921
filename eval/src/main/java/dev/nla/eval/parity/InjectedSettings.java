package dev.nla.eval.parity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.nla.model.InputException;
import dev.nla.model.safetensors.SafetensorsFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * How the vectors of a golden file were injected: in the file's metadata, or in a JSON file of the same name beside it.
 *
 * @param markerPosition index of the token whose embedding is replaced
 * @param injectionNorm L2 norm that the activation is rescaled to
 * @param promptLength tokens before the response
 */
record InjectedSettings(int markerPosition, double injectionNorm, int promptLength) {
    static InjectedSettings read(SafetensorsFile file) {
        String name = file.path().getFileName().toString().replaceFirst("\\.safetensors$", "") + ".json";
        JsonNode beside = json(file.path().resolveSibling(name));
        InjectedSettings settings = new InjectedSettings(
                (int) number(file, beside, "marker_position"), number(file, beside, "injection_norm"), (int)
                        number(file, beside, "prompt_length"));
        if (settings.markerPosition < 0 || settings.promptLength <= settings.markerPosition) {
            throw InputException.data(
                    "%s: marker_position is %d and prompt_length %d, expected a marker inside the prompt",
                    file.path(), settings.markerPosition, settings.promptLength);
        }
        return settings;
    }

    private static double number(SafetensorsFile file, JsonNode beside, String key) {
        String written = file.metadata().getOrDefault(key, beside.path(key).asText());
        try {
            return Double.parseDouble(written);
        } catch (NumberFormatException wrong) {
            throw InputException.data(
                    "%s: %s is %s, expected a number in the file's metadata or in the .json file beside it",
                    file.path(), key, written.isEmpty() ? "missing" : "'" + written + "'");
        }
    }

    private static JsonNode json(Path file) {
        try {
            return Files.exists(file) ? new ObjectMapper().readTree(file.toFile()) : MissingNode.getInstance();
        } catch (IOException broken) {
            throw InputException.data(broken, "%s: cannot be read as JSON: %s", file, broken.getMessage());
        }
    }
}
