package dev.nla.claims.grammar;

import java.util.List;
import java.util.Optional;

/**
 * A description with its claims, and what it is with fewer or other ones.
 *
 * @param text lines, with bullets or without
 * @param claims in the order of their places, as {@link ClaimGrammar#claims} finds them
 */
public record ClaimedDescription(String text, List<Claim> claims) {
    /** Copies the claims. */
    public ClaimedDescription {
        claims = List.copyOf(claims);
    }

    /** A description read by a grammar. */
    public static ClaimedDescription of(String text, ClaimGrammar grammar) {
        return new ClaimedDescription(text, grammar.claims(text));
    }

    /** Its claim that says the same as the given one. */
    public Optional<Claim> find(Claim claim) {
        return claims.stream().filter(claim::saysTheSameAs).findFirst();
    }

    /** Without one of its claims: the value goes with what stands between it and its neighbour, the last of a line with the line. */
    public String without(Claim claim) {
        int lineBegin = lineBegin(claim);
        int lineEnd = lineEnd(claim);
        List<Claim> line = inLine(lineBegin, lineEnd);
        if (line.size() == 1) {
            return cut(
                    lineBegin == 0 ? 0 : lineBegin - 1,
                    lineBegin == 0 ? Math.min(lineEnd + 1, text.length()) : lineEnd);
        }
        int place = line.indexOf(claim);
        return place + 1 < line.size()
                ? cut(claim.begin(), line.get(place + 1).begin())
                : cut(line.get(place - 1).end(), claim.end());
    }

    /** With another value in place of a claim's. */
    public String exchanged(Claim claim, String value) {
        return text.substring(0, claim.begin()) + value + text.substring(claim.end());
    }

    /** The line of a claim with nothing but this claim in it. */
    public String only(Claim claim) {
        int lineBegin = lineBegin(claim);
        int lineEnd = lineEnd(claim);
        List<Claim> line = inLine(lineBegin, lineEnd);
        String head = text.substring(lineBegin, line.get(0).begin());
        if (claim.slot().equals(LineForm.TYPE)) {
            return head + claim.value();
        }
        Claim first = line.get(0).slot().equals(LineForm.TYPE) && line.size() > 1 ? line.get(1) : line.get(0);
        String tail = text.substring(line.get(line.size() - 1).end(), lineEnd);
        return text.substring(lineBegin, first.begin()) + claim.value() + tail;
    }

    /**
     * With one claim more, of another description: beside the values of its slot where that takes several, else as a line of its own, behind
     * the claim that it stands behind there.
     *
     * @param source states the claim
     * @return empty where the slot has its value, or the line that the claim belongs into is there without a place for it
     */
    public Optional<String> with(Claim claim, ClaimedDescription source, ClaimGrammar grammar) {
        List<Claim> same =
                claims.stream().filter(own -> own.slot().equals(claim.slot())).toList();
        boolean several = grammar.takesSeveral(claim.slot());
        if (!same.isEmpty() && several) {
            int end = same.get(same.size() - 1).end();
            return Optional.of(
                    text.substring(0, end) + Slot.Kind.LIST.separator() + claim.value() + text.substring(end));
        }
        String line = source.only(claim);
        if (!same.isEmpty() && !claim.slot().equals(LineForm.FREE) || hasLineLike(source, claim)) {
            return Optional.empty();
        }
        int at = source.claims.subList(0, source.claims.indexOf(claim)).stream()
                .flatMap(earlier -> claims.stream().filter(own -> own.slot().equals(earlier.slot())))
                .mapToInt(this::lineEnd)
                .max()
                .orElse(0);
        return Optional.of(
                at == 0
                        ? line + (text.isBlank() ? "" : "\n" + text)
                        : text.substring(0, at) + "\n" + line + text.substring(at));
    }

    /** Whether a line stands here that begins as the claim's does there. */
    private boolean hasLineLike(ClaimedDescription source, Claim claim) {
        List<String> others = source.inLine(source.lineBegin(claim), source.lineEnd(claim)).stream()
                .map(Claim::slot)
                .filter(slot -> !slot.equals(LineForm.TYPE) && !slot.equals(LineForm.FREE))
                .toList();
        return claims.stream().anyMatch(own -> others.contains(own.slot()));
    }

    private List<Claim> inLine(int begin, int end) {
        return claims.stream()
                .filter(claim -> claim.begin() >= begin && claim.end() <= end)
                .toList();
    }

    private int lineBegin(Claim claim) {
        return text.lastIndexOf('\n', claim.begin()) + 1;
    }

    private int lineEnd(Claim claim) {
        int end = text.indexOf('\n', claim.end());
        return end < 0 ? text.length() : end;
    }

    private String cut(int begin, int end) {
        return text.substring(0, begin) + text.substring(end);
    }
}
