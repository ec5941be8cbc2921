package dev.nla.exchange;

import dev.nla.model.InputException;
import dev.nla.model.Key;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The formats of other projects that datasets are read from and written to. */
public enum ExchangeFormat {
    /** kitft: parquet files with a sidecar beside each. */
    KITFT,
    /** nla-at-home: a torch file of activations, and descriptions as JSON. */
    NLA_AT_HOME;

    /** The sidecar's key for where an imported dataset came from. */
    static final String SIDECAR_KEY = "imported";

    /** The name in flags and files. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The format of this name. */
    public static ExchangeFormat parse(String label) {
        return Arrays.stream(values())
                .filter(format -> format.label().equals(label))
                .findFirst()
                .orElseThrow(() -> InputException.usage(
                        "%s %s: one of %s was expected",
                        Key.of("format"),
                        label,
                        Arrays.stream(values()).map(ExchangeFormat::label).collect(Collectors.joining(", "))));
    }

    /** The format of these files by their names' endings. */
    public static ExchangeFormat detect(List<Path> files) {
        Set<String> endings = files.stream().map(ExchangeFormat::ending).collect(Collectors.toSet());
        if (endings.equals(Set.of("parquet"))) {
            return KITFT;
        }
        if (endings.contains("pt") && Set.of("pt", "json").containsAll(endings)) {
            return NLA_AT_HOME;
        }
        throw InputException.usage(
                "%s: give F.parquet for kitft's format, or F.pt and F.json for nla-at-home's; %s where the names"
                        + " end otherwise",
                files.stream().map(Path::toString).collect(Collectors.joining(" ")), Key.of("format"));
    }

    /** What a sidecar keeps under {@link #SIDECAR_KEY}. */
    Map<String, Object> imported(List<String> files) {
        Map<String, Object> origin = new LinkedHashMap<>();
        origin.put("format", label());
        origin.put("files", files);
        return origin;
    }

    /** What follows the last dot of a file's name. */
    private static String ending(Path file) {
        String name = file.getFileName().toString();
        return name.substring(name.lastIndexOf('.') + 1);
    }
}
