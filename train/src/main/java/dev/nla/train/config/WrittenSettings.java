package dev.nla.train.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What the user wrote, setting by setting, and where: a value is blamed on the place it came from. */
final class WrittenSettings {
    private static final int SHOWN = 60;

    private final String file;
    private final Map<String, Value> values = new HashMap<>();

    /**
     * A value as written.
     *
     * @param source the place to name when it is wrong
     */
    record Value(String source, JsonNode value, boolean onCommandLine) {}

    /** Nothing yet; {@code file} is what to blame where no single value is wrong. */
    WrittenSettings(String file) {
        this.file = file;
    }

    void inFile(String key, JsonNode value) {
        values.put(key, new Value(file, value, false));
    }

    void onCommandLine(String key, String text, JsonNode value) {
        String shown = text.strip().replaceAll("\\s+", " ");
        String cut = shown.length() > SHOWN ? shown.substring(0, shown.offsetByCodePoints(0, SHOWN / 2)) + "…" : shown;
        values.put(key, new Value(key + "=" + cut + " on the command line", value, true));
    }

    Optional<Value> find(String key) {
        return Optional.ofNullable(values.get(key));
    }

    /** The place to name when settings do not go together: those of the command line that the complaint is about, else the file. */
    String blamed(List<String> keys, String complaint) {
        List<String> named =
                keys.stream().filter(key -> mentions(complaint, key)).toList();
        String given = (named.isEmpty() ? keys : named)
                .stream()
                        .flatMap(key -> find(key).stream())
                        .filter(Value::onCommandLine)
                        .map(Value::source)
                        .collect(Collectors.joining(" and "));
        return given.isEmpty() ? file : given;
    }

    private static boolean mentions(String complaint, String key) {
        return complaint.matches("(?s).*(?<![\\w])" + key + "(?![\\w]).*");
    }
}
