package dev.nla.data.reply;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * One bullet of a description, which a later run replaces.
 *
 * @param name what stands before its colon
 */
record DescriptionLine(String name) {
    /** The description with this bullet at its end in place of any that it has; without one where there is nothing to say. */
    String addedTo(String description, String value) {
        String start = "• " + name + ": ";
        String others =
                description.lines().filter(line -> !line.startsWith(start)).collect(Collectors.joining("\n"));
        if (value.isEmpty()) {
            return others;
        }
        return others.isEmpty() ? start + value : others + "\n" + start + value;
    }

    /** What a description says in this bullet. */
    Optional<String> in(String description) {
        String start = "• " + name + ":";
        return description
                .lines()
                .map(String::strip)
                .filter(line -> line.startsWith(start))
                .map(line -> line.substring(start.length()).strip())
                .filter(value -> !value.isEmpty())
                .findFirst();
    }

    /** The words of a text, by the space between them; none of a blank one. */
    static List<String> words(String text) {
        return text.isBlank() ? List.of() : Arrays.asList(text.strip().split("\\s+"));
    }
}
