package dev.nla.eval.text;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How collapsed or broken descriptions are. Shares and similarities are in [0, 1], and NaN where there is nothing to take them of; lengths
 * are in words, runs of letters and digits.
 *
 * @param rows N
 * @param descriptions N × G
 * @param distinct1 different words / words, over all descriptions
 * @param distinct2 the same for two words in a row
 * @param unique different texts / texts
 * @param similarity mean Jaccard similarity of the words of two descriptions of different rows
 * @param repeating the part of the descriptions that say three words in a row again
 * @param repetition mean part of a description's runs of three words that occurred before in it
 * @param meanWords mean length
 * @param minWords the shortest
 * @param maxWords the longest
 * @param unparseable the part that could not be read
 * @param withMarker the part that holds the injection marker
 * @param withNonLatin the part that holds letters of another script than Latin
 * @param nonLatinLetters letters of other scripts / letters, over all descriptions
 * @param perRow what intervals over rows can be taken of
 */
public record CollapseReport(
        int rows,
        int descriptions,
        double distinct1,
        double distinct2,
        double unique,
        double similarity,
        double repeating,
        double repetition,
        double meanWords,
        int minWords,
        int maxWords,
        double unparseable,
        double withMarker,
        double withNonLatin,
        double nonLatinLetters,
        PerRow perRow) {
    /**
     * Means over the G descriptions of each row, [N] each. Not copied; must not change.
     *
     * @param words length
     * @param repeating the part with three words in a row said again
     * @param repetition part of the runs of three words that occurred before
     * @param unparseable the part that could not be read
     * @param withMarker the part that holds the marker
     * @param withNonLatin the part that holds letters of another script than Latin
     */
    public record PerRow(
            double[] words,
            double[] repeating,
            double[] repetition,
            double[] unparseable,
            double[] withMarker,
            double[] withNonLatin) {}

    /** Every value under the name it has in reports, in the order in which it is shown. */
    public Map<String, Double> values() {
        Map<String, Double> values = new LinkedHashMap<>();
        values.put("distinct_1", distinct1);
        values.put("distinct_2", distinct2);
        values.put("unique_ratio", unique);
        values.put("similarity", similarity);
        values.put("repeating_ratio", repeating);
        values.put("repetition", repetition);
        values.put("mean_words", meanWords);
        values.put("min_words", (double) minWords);
        values.put("max_words", (double) maxWords);
        values.put("unparseable_ratio", unparseable);
        values.put("marker_ratio", withMarker);
        values.put("non_latin_ratio", withNonLatin);
        values.put("non_latin_letters", nonLatinLetters);
        return values;
    }
}
