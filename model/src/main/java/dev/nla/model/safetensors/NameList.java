package dev.nla.model.safetensors;

import java.util.Arrays;
import java.util.Collection;
import java.util.stream.Collectors;

/** Shortened lists for messages. */
final class NameList {
    private static final int SHOWN = 6;

    private NameList() {}

    static String of(Collection<String> names) {
        String first = names.stream().limit(SHOWN).collect(Collectors.joining(", "));
        int more = names.size() - SHOWN;
        return names.isEmpty() ? "none" : more > 0 ? first + " and " + more + " more" : first;
    }

    static String ofShape(long[] shape) {
        return Arrays.stream(shape)
                .mapToObj(n -> n < 0 ? "any" : Long.toString(n))
                .collect(Collectors.joining(", ", "[", "]"));
    }
}
