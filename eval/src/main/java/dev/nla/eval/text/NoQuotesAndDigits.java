package dev.nla.eval.text;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A description without what could be copied letter by letter: quotations are gone with their marks, numbers with their ordinal and plural
 * endings. Blanks, commas and brackets that are left over are tidied away, and lines without a letter; a text of which no letter is left is
 * empty, and one that has neither quotations nor numbers stays exactly as it is. Replaced are quotations and numbers.
 *
 * <p>Quotations stand between {@code "…"}, {@code “…”}, {@code ‘…’} or {@code '…'} in one line. An opening mark does not touch a letter or
 * digit before it, and a closing single one none behind it: apostrophes open nothing.
 */
public record NoQuotesAndDigits() implements Rewrite {
    /** No apostrophe of a shortened word or year: 'tis, '90s. */
    private static final String OPENS = "(?!\\s|\\p{N}|(?i:tis|twas|twere|em|til|till|cause|bout|n)\\b)";

    private static final Pattern QUOTATION = Pattern.compile(String.join(
            "|", "(?<![\\p{L}\\p{M}\\p{N}])\"[^\"\\r\\n]*+\"", "“[^“”\\r\\n]*+”", single("'", "'"), single("‘", "’")));

    private static final Pattern NUMBER =
            Pattern.compile("\\p{N}[-–.,:/\\p{N}]*(?<=\\p{N})(?:(?:['’]?s|st|nd|rd|th)(?![\\p{L}\\p{N}]))?");
    private static final Pattern LETTER = Pattern.compile("\\p{L}");

    /** What stands in a line where something is missing: empty brackets, blanks, commas without words between them. */
    private static final List<Leftover> LEFTOVERS = List.of(
            new Leftover("[(\\[][\\h,;]*+[)\\]]", ""),
            new Leftover("\\h++", " "),
            new Leftover(" (?=[,.;:!?)\\]])", ""),
            new Leftover("[,;][,; ]*(?=[,;.!?])", ""),
            new Leftover("(^|[•:(\\[])[,;]", "$1"),
            new Leftover("(?<=[(\\[]) ", ""));

    private record Leftover(Pattern pattern, String tidied) {
        Leftover(String pattern, String tidied) {
            this(Pattern.compile(pattern), tidied);
        }
    }

    @Override
    public String key() {
        return "no_quotes_and_digits";
    }

    @Override
    public Rewritten rewrite(String description, long seed, int row) {
        Matcher quotations = QUOTATION.matcher(description);
        int removed = (int) quotations.results().count();
        String unquoted = quotations.reset().replaceAll(" ");
        Matcher numbers = NUMBER.matcher(unquoted);
        removed += (int) numbers.results().count();
        return new Rewritten(removed == 0 ? description : tidy(numbers.reset().replaceAll("")), removed, removed);
    }

    private static String tidy(String text) {
        return text.lines()
                .map(NoQuotesAndDigits::tidyLine)
                .filter(line -> LETTER.matcher(line).find())
                .collect(Collectors.joining("\n"));
    }

    private static String tidyLine(String line) {
        String tidy = line;
        for (Leftover leftover : LEFTOVERS) {
            tidy = leftover.pattern().matcher(tidy).replaceAll(leftover.tidied());
        }
        return tidy.strip();
    }

    /** A quotation in single marks; inside it, a closing one before a letter or digit is an apostrophe. */
    private static String single(String opening, String closing) {
        return "(?<![\\p{L}\\p{M}\\p{N}'])" + opening + OPENS + "[^" + (opening.equals(closing) ? "" : opening)
                + "\\r\\n]*?(?<!\\s)" + closing + "(?![\\p{L}\\p{N}])";
    }
}
