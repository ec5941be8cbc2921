package dev.nla.eval.report.part;

import dev.nla.eval.truth.MarkedClaim;
import dev.nla.eval.truth.MarkedDescription;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Some words of a description.
 *
 * @param text the words
 * @param sign of the claim that they make; empty where they make none
 * @param claim that claim in words; empty where they make none
 */
public record Piece(String text, Optional<Sign> sign, String claim) {
    /** A description cut at its claims. A second claim of the same words is left out. */
    public static List<Piece> of(MarkedDescription description) {
        List<Piece> pieces = new ArrayList<>();
        String text = description.text();
        int done = 0;
        for (MarkedClaim claim : description.claims()) {
            if (claim.begin() >= done) {
                pieces.add(plain(text.substring(done, claim.begin())));
                pieces.add(marked(claim, text.substring(claim.begin(), claim.end())));
                done = claim.end();
            }
        }
        pieces.add(plain(text.substring(done)));
        return pieces;
    }

    private static Piece plain(String text) {
        return new Piece(text, Optional.empty(), "");
    }

    private static Piece marked(MarkedClaim claim, String words) {
        Sign sign = Sign.of(claim.kind());
        return new Piece(words, Optional.of(sign), sign.word() + ": " + claim.fact());
    }
}
