package dev.nla.claims.grammar;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How the descriptions of a dataset state claims.
 *
 * @param forms of their lines; of two that a line begins like, the longer beginning counts
 * @param compound values that hold what stands behind their place, such as "Bahamas, The", and are to be read whole
 */
public record ClaimGrammar(List<LineForm> forms, Set<String> compound) {
    private static final Pattern LINE = Pattern.compile("(?m)^[ \\t]*(?:[•*-][ \\t]+)?(\\S.*?)[ \\t]*$");

    /** Copies both and puts the forms with the longest beginnings first. */
    public ClaimGrammar {
        forms = forms.stream()
                .distinct()
                .sorted(Comparator.comparing((LineForm form) -> form.head().length())
                        .reversed())
                .toList();
        compound = Set.copyOf(compound);
    }

    /**
     * The claims of a description in their order, each once: of what is stated twice, the first.
     *
     * @param description lines with or without bullets; may be blank
     */
    public List<Claim> claims(String description) {
        List<Claim> claims = new ArrayList<>();
        Set<String> stated = new HashSet<>();
        for (Claim claim : all(description)) {
            if (stated.add(claim.slot() + '\n' + Folded.of(claim.value()))) {
                claims.add(claim);
            }
        }
        return claims;
    }

    /** Whether a line can state several values of a slot. */
    public boolean takesSeveral(String slot) {
        return forms.stream().anyMatch(form -> form.takesSeveral(slot));
    }

    private List<Claim> all(String description) {
        List<Claim> claims = new ArrayList<>();
        Matcher line = LINE.matcher(description);
        while (line.find()) {
            claims.addAll(read(line.group(1), line.start(1)));
        }
        return claims;
    }

    private List<Claim> read(String line, int offset) {
        return forms.stream()
                .map(form -> form.read(line, offset, compound))
                .flatMap(Optional::stream)
                .findFirst()
                .orElseGet(() -> List.of(new Claim(LineForm.FREE, line, offset, offset + line.length())));
    }

    /** The lines of a description without their bullets. */
    static List<String> lines(String description) {
        return LINE.matcher(description).results().map(found -> found.group(1)).toList();
    }
}
