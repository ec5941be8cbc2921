package dev.nla.model.sidecar;

import java.util.List;

/** What an adapter is for. */
public enum Role {
    /** Puts an activation into words: the AV, or actor. */
    VERBALIZER("av", List.of("av", "actor", "verbalizer")),
    /** Turns words into an activation: the AR, or critic. */
    RECONSTRUCTOR("ar", List.of("ar", "critic", "reconstructor"));

    private final String written;
    private final List<String> spellings;

    Role(String written, List<String> spellings) {
        this.written = written;
        this.spellings = spellings;
    }

    /** The spelling that is written. */
    public String written() {
        return written;
    }

    /** All spellings that are read. */
    List<String> spellings() {
        return spellings;
    }
}
