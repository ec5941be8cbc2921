package dev.nla.eval.truth;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Reads the claims of a description against the facts of its row. Where places overlap, the longest is the claim; of equally long ones,
 * first what is true, then what is spelled exactly like the value, then what contradicts the row, then what stands first. A place makes one
 * claim, except that it states every fact of the row whose value stands exactly there. Denials are not understood: "no fox" names a fox.
 *
 * @param vocabulary of the whole dataset
 */
public record ClaimReader(FactVocabulary vocabulary) {
    /**
     * Marks a description.
     *
     * @param facts of the row, of the same dataset as the vocabulary; may be empty, which makes every claim invented
     */
    public MarkedDescription read(List<Fact> facts, String description) {
        List<MarkedClaim> claims = claims(facts, description);
        Set<Fact> stated = claims.stream().map(MarkedClaim::fact).collect(Collectors.toSet());
        List<Fact> missing =
                facts.stream().filter(fact -> !stated.contains(fact)).toList();
        return new MarkedDescription(description, claims, missing);
    }

    private List<MarkedClaim> claims(List<Fact> facts, String description) {
        Set<Fact> truth = Set.copyOf(facts);
        Set<String> attributes = facts.stream().map(Fact::attribute).collect(Collectors.toSet());
        List<Mention> candidates = new ArrayList<>(vocabulary.mentions(description));
        candidates.sort(Comparator.comparingInt(Mention::length)
                .reversed()
                .thenComparing(mention -> !truth.contains(mention.fact()))
                .thenComparing(mention -> !mention.exact())
                .thenComparing(mention -> !attributes.contains(mention.fact().attribute()))
                .thenComparing(Mention::begin));
        List<Mention> taken = new ArrayList<>();
        for (Mention candidate : candidates) {
            if (taken.stream().allMatch(other -> bothHold(candidate, other, truth))) {
                taken.add(candidate);
            }
        }
        return taken.stream()
                .sorted(Comparator.comparingInt(Mention::begin))
                .map(mention -> new MarkedClaim(
                        mention.fact(), kind(mention.fact(), truth, attributes), mention.begin(), mention.end()))
                .toList();
    }

    private static boolean bothHold(Mention one, Mention other, Set<Fact> truth) {
        return !one.overlaps(other) || one.isAt(other) && truth.contains(one.fact()) && truth.contains(other.fact());
    }

    private static MarkedClaim.Kind kind(Fact fact, Set<Fact> truth, Set<String> attributes) {
        if (truth.contains(fact)) {
            return MarkedClaim.Kind.RIGHT;
        }
        return attributes.contains(fact.attribute()) ? MarkedClaim.Kind.WRONG : MarkedClaim.Kind.INVENTED;
    }
}
