package dev.nla.eval.report;

import dev.nla.eval.truth.Claim;
import dev.nla.eval.truth.Fact;
import dev.nla.eval.truth.MarkedDescription;
import java.util.List;
import java.util.stream.Collectors;

/** Texts with what is true of them and what is said of them, claims marked by colour, line and sign. */
public final class SampleSection {
    private SampleSection() {}

    /** An article a sample. */
    public static String of(List<Sample> samples) {
        return samples.stream().map(SampleSection::article).collect(Collectors.joining());
    }

    private static String article(Sample sample) {
        String heading = sample.heading().isEmpty() ? "" : "<h4>" + Escaped.of(sample.heading()) + "</h4>\n";
        String facts = sample.facts().isEmpty() ? "" : "<p class=\"facts\">" + listed(sample.facts()) + "</p>\n";
        return """
                <article>
                %s<blockquote>%s</blockquote>
                %s<div class="said">
                %s</div>
                </article>
                """.formatted(
                        heading,
                        Escaped.of(sample.text()),
                        facts,
                        sample.said().stream().map(SampleSection::section).collect(Collectors.joining()));
    }

    private static String section(Sample.Said said) {
        MarkedDescription description = said.description();
        String missing = description.missing().isEmpty()
                ? ""
                : "<p class=\"missing\">missing: " + listed(description.missing()) + "</p>\n";
        String note = said.note().isEmpty() ? "" : "<p class=\"note\">" + Escaped.of(said.note()) + "</p>\n";
        return "<section><h4>%s</h4>\n<p class=\"words\">%s</p>\n%s%s</section>\n"
                .formatted(
                        Escaped.of(said.by()),
                        description.text().isBlank() ? "(nothing)" : marked(description),
                        missing,
                        note);
    }

    private static String listed(List<Fact> facts) {
        return facts.stream()
                .map(fact -> "<span>" + Escaped.of(fact.toString()) + "</span>")
                .collect(Collectors.joining(" "));
    }

    private static String marked(MarkedDescription description) {
        StringBuilder html = new StringBuilder();
        String text = description.text();
        int done = 0;
        for (Claim claim : description.claims()) {
            if (claim.begin() < done) {
                continue; // a second fact that this place states
            }
            html.append(Escaped.of(text.substring(done, claim.begin())));
            html.append(mark(claim, text.substring(claim.begin(), claim.end())));
            done = claim.end();
        }
        return html.append(Escaped.of(text.substring(done))).toString();
    }

    private static String mark(Claim claim, String words) {
        Sign sign = Sign.of(claim.kind());
        return "<mark class=\"%s\" title=\"%s: %s\">%s<sup>%s</sup></mark>"
                .formatted(sign.word, sign.word, Escaped.of(claim.fact().toString()), Escaped.of(words), sign.sign);
    }

    /** What explains the marks. */
    public static String legend() {
        StringBuilder legend = new StringBuilder();
        for (Claim.Kind kind : Claim.Kind.values()) {
            Sign sign = Sign.of(kind);
            legend.append("<mark class=\"%s\">%s<sup>%s</sup></mark> %s "
                    .formatted(sign.word, sign.word, sign.sign, sign.meaning));
        }
        return legend.toString();
    }

    private enum Sign {
        RIGHT("right", "✓", "is so;"),
        WRONG("wrong", "✗", "has another value;"),
        INVENTED("invented", "?", "of which the text says nothing.");

        private final String word;
        private final String sign;
        private final String meaning;

        Sign(String word, String sign, String meaning) {
            this.word = word;
            this.sign = sign;
            this.meaning = meaning;
        }

        static Sign of(Claim.Kind kind) {
            return switch (kind) {
                case RIGHT -> RIGHT;
                case WRONG -> WRONG;
                case INVENTED -> INVENTED;
            };
        }
    }
}
