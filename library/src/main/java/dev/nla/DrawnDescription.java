package dev.nla;

import dev.nla.model.verbalizer.Description;
import java.util.Locale;
import java.util.Optional;

/**
 * What a verbalizer wrote of an activation.
 *
 * @param text the words; where they have a defect, as much of them as there is
 * @param defect why they can't be used, if so: {@code unclosed}, {@code empty} or {@code marker_inside}
 */
public record DrawnDescription(String text, Optional<String> defect) {
    static DrawnDescription of(Description written) {
        return new DrawnDescription(
                written.text(), written.defect().map(defect -> defect.name().toLowerCase(Locale.ROOT)));
    }
}
