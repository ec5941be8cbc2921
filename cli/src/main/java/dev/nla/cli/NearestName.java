package dev.nla.cli;

import dev.nla.model.EditDistance;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds what someone probably meant to write. */
final class NearestName {
    private NearestName() {}

    /** The known name with the fewest letters to change, where at most half of the letters differ. */
    static Optional<String> of(String given, Collection<String> known) {
        return known.stream()
                .min(Comparator.comparingInt((String name) -> EditDistance.of(given, name))
                        .thenComparing(name -> name))
                .filter(name -> 2 * EditDistance.of(given, name) <= Math.max(given.length(), name.length()));
    }
}
