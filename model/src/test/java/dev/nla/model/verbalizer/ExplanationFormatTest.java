package dev.nla.model.verbalizer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nla.model.generation.Completion;
import dev.nla.model.testing.Fixtures;
import dev.nla.model.tokenizer.Tokenizer;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Protects how descriptions become tokens and are read back: stopping is trained, the closing tag ends generation however it is split. */
@Tag("real")
class ExplanationFormatTest {
    private static final long END = 2;
    private static Tokenizer tokenizer;

    @BeforeAll
    static void open() {
        tokenizer = Tokenizer.open(Fixtures.smollm2());
    }

    @AfterAll
    static void close() {
        if (tokenizer != null) {
            tokenizer.close();
        }
    }

    @Test
    void aResponseEndsWithTheClosingTagAndTheEndToken() {
        long[] tokens = format(false).response(" • A kind of tree ");
        assertThat(tokens[tokens.length - 1]).isEqualTo(END);
        assertThat(tokenizer.decode(Arrays.copyOf(tokens, tokens.length - 1), false))
                .isEqualTo("\n• A kind of tree\n</explanation>");
        assertThat(tokenizer.decode(format(true).response("x"), false)).startsWith("<explanation>\nx\n</explanation>");
    }

    @Test
    void whatIsTrainedIsReadBack() {
        Description read = format(false).read(completion(format(false).response("• A kind of tree")));
        assertThat(read.text()).isEqualTo("• A kind of tree");
        assertThat(read.parsed()).isTrue();
        assertThat(read.finishReason()).isEqualTo("stop");
        assertThat(tokenizer.decode(read.completion().tokens(), false)).endsWith("</explanation>");
    }

    @Test
    void tokensEndWhereTheirTextDoes() {
        Description read = format(false).read(completion(format(false).response("• Ünïted 日本")));
        int[] ends = format(false).tokenEnds(read);
        long[] tokens = read.completion().tokens();
        assertThat(ends).hasSize(tokens.length).isSorted();
        assertThat(ends[0]).as("the line break before the text").isZero();
        assertThat(ends[ends.length - 1]).isEqualTo(read.text().length());
        for (int i = 1; i < ends.length; i++) {
            if (ends[i] > ends[i - 1] && ends[i - 1] > 0) {
                String token = tokenizer.decode(new long[] {tokens[i]}, true);
                assertThat(read.text().startsWith(token, ends[i - 1]) || token.contains("\uFFFD"))
                        .as("token '%s'", token)
                        .isTrue();
            }
        }
    }

    @Test
    void everyWayToWriteTheClosingTagEndsGeneration() {
        List<long[]> stops = format(false).stops();
        for (String before : List.of("tree", "tree.", "tree\n", "trees!", "(tree)", "a tree;\n", "\"tree\"", "1999")) {
            long[] tokens = tokenizer.encode("\n" + before + "</explanation>");
            assertThat(stops).as(before).anyMatch(stop -> endsWith(tokens, stop));
            assertThat(stops)
                    .as("opening after %s", before)
                    .noneMatch(stop -> endsWith(tokenizer.encode("\n" + before + "<explanation>"), stop));
        }
        assertThat(stops).anyMatch(stop -> Arrays.equals(stop, new long[] {END}));
    }

    @Test
    void aCompletionThatRanOnIsCutAtTheClosingTag() {
        Description read =
                format(false).read(completion(tokenizer.encode("\nA tree\n</explanation> and so on and on")));
        assertThat(read.text()).isEqualTo("A tree");
        assertThat(read.completion().tokens().length)
                .isEqualTo(read.completion().logProbabilities().length);
        assertThat(tokenizer.decode(read.completion().tokens(), false))
                .doesNotContain("so on")
                .contains("</explanation>");
    }

    @Test
    void whatCannotBeUsedSaysWhy() {
        assertThat(format(false).read(completion(tokenizer.encode("\nA tree"))).defect())
                .contains(Explanation.Defect.UNCLOSED);
        assertThat(format(false)
                        .read(completion(tokenizer.encode("\n \n</explanation>")))
                        .defect())
                .contains(Explanation.Defect.EMPTY);
        assertThat(format(false)
                        .read(completion(tokenizer.encode("\n● tree</explanation>")))
                        .defect())
                .contains(Explanation.Defect.MARKER_INSIDE);
    }

    private static ExplanationFormat format(boolean opensItself) {
        return new ExplanationFormat(tokenizer, "●", List.of(END), opensItself);
    }

    private static Completion completion(long[] tokens) {
        return new Completion(tokens, new float[tokens.length], false);
    }

    private static boolean endsWith(long[] tokens, long[] end) {
        int begin = tokens.length - end.length;
        return begin >= 0 && Arrays.equals(tokens, begin, tokens.length, end, 0, end.length);
    }
}
