package dev.nla.remote.teacher.answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nla.model.injection.Marker;
import dev.nla.model.verbalizer.Explanation;
import dev.nla.remote.teacher.chat.Reply;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Protects what counts as a description: exactly what the verbalizer's own reader gives back. */
class AnswerReaderTest {
    private static final AnswerReader BULLETS = new AnswerReader(DescriptionForm.BULLETS, Marker.CANDIDATES);
    private static final AnswerReader ANY = new AnswerReader(DescriptionForm.ANY, Marker.CANDIDATES);

    @Test
    void bulletsAreReadWhateverTheirSignAndWhateverStandsAround() {
        String content = "Sure!\n<explanation>\n\n• one: a\n- two\n  * three – four\n\n</explanation>\nAnything else?";
        assertThat(BULLETS.read(stopped(content)))
                .isEqualTo(new AnswerContent.Readable("• one: a\n• two\n• three – four"));
        assertThat(ANY.read(stopped("<explanation> free words </explanation>")))
                .isEqualTo(new AnswerContent.Readable("free words"));
    }

    @ParameterizedTest
    @CsvSource({
        "'• a', there is no </explanation>",
        "'<explanation>• a', there is no </explanation>",
        "'<explanation> </explanation>', there is nothing between the tags",
        "'</explanation>', there is nothing between the tags",
        "'<explanation>• a ● b</explanation>', it holds the marker ●",
        "'<explanation>• a㈎</explanation>', it holds the marker ㈎",
        "'<explanation>just words</explanation>', a line is no bullet: just words",
        "'<explanation>• a\nb</explanation>', a line is no bullet: b",
        "'<explanation>•a</explanation>', a line is no bullet: •a",
        "'<explanation>• </explanation>', a line is no bullet: •",
    })
    void everythingElseIsNamed(String content, String reason) {
        assertThat(BULLETS.read(stopped(content))).isEqualTo(new AnswerContent.Unreadable(reason));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<think>\nIn <explanation> tags:\n<explanation>\n• draft\n</explanation>\n</think>\n\n~",
                "I should write <explanation>\n• draft\n</explanation>.\n</think>\n~",
                "the format is <explanation>...</explanation> </THINK> ~",
                "<THINKING>a</THINKING>~",
                "<thinking> <explanation>• draft</explanation> </thinking >~",
                "<reasoning>• draft</explanation></reasoning>~",
                "<think mode=\"deep\">• draft</explanation></think>~",
                "<think>a</think> so <think> b <think> c </think> draft</explanation></think>~",
                "[THINK]<explanation>• draft</explanation>[/THINK]~",
                "◁think▷<explanation>• draft</explanation>◁/think▷~",
                "<|START_THINKING|>• draft</explanation><|END_THINKING|>~",
                "<|channel|>analysis<|message|><explanation>• draft</explanation><|end|>"
                        + "<|start|>assistant<|channel|>final<|message|>~",
                "analysisWrite <explanation>• draft</explanation>assistantfinal~",
                "~<think>was that right? <explanation>• other</explanation></think>",
                "~<think>was that right? <explanation>• other</explanation>",
                "<think>a</think>Sure!\n~\nAnything else?",
                "<explanation><think>• draft</explanation></think>• subject: a river</explanation>",
            })
    void thoughtsAreNeverTheDescription(String content) {
        String whole = content.replace("~", "<explanation>\n• subject: a river\n</explanation>");
        assertThat(BULLETS.read(stopped(whole))).isEqualTo(new AnswerContent.Readable("• subject: a river"));
        assertThat(ANY.read(stopped(whole))).isEqualTo(new AnswerContent.Readable("• subject: a river"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<think>\n<explanation>\n• draft\n</explanation>\nHmm",
                "<think>\n<explanation>\n• draft\n</explanation></think>",
                "<explanation>\n• draft\n</explanation>\n</think>\n",
                "<think>a</think>\n<thinking><explanation>• draft</explanation>",
                "Well. <think><explanation>• draft</explanation>",
                "<explanation>• draft </think> • other</explanation>",
            })
    void anAnswerOfThoughtsAloneIsNone(String content) {
        for (AnswerReader reader : List.of(BULLETS, ANY)) {
            assertThat(reader.read(stopped(content))).isInstanceOf(AnswerContent.Unreadable.class);
        }
    }

    @Test
    void aDescriptionMaySpeakOfThoughts() {
        assertThat(BULLETS.read(stopped("<explanation>• kind: a log with <think> tags</explanation>")))
                .isEqualTo(new AnswerContent.Readable("• kind: a log with <think> tags"));
        assertThat(ANY.read(stopped("<explanation>analysis, a thought</explanation>")))
                .isEqualTo(new AnswerContent.Readable("analysis, a thought"));
    }

    @Test
    void whatTheEndpointCutOrKeptBackIsNamed() {
        assertThat(BULLETS.read(new Reply.Answer(Optional.of("<think>so"), "length", Optional.empty())))
                .isEqualTo(new AnswerContent.Unreadable(
                        "the answer was cut at the limit of its tokens while it was thinking"));

        assertThat(BULLETS.read(new Reply.Answer(Optional.of("<explanation>• a"), "length", Optional.empty())))
                .isEqualTo(new AnswerContent.Unreadable("the answer was cut at the limit of its tokens"));
        assertThat(BULLETS.read(new Reply.Answer(Optional.of("• a</explanation>"), "content_filter", Optional.empty())))
                .isEqualTo(new AnswerContent.Unreadable("the endpoint filtered the answer"));
        assertThat(BULLETS.read(new Reply.Answer(Optional.empty(), "stop", Optional.empty())))
                .isEqualTo(new AnswerContent.Unreadable("the answer holds no text"));
    }

    @Property
    void theVerbalizersReaderGivesBackWhatIsAccepted(@ForAll("answers") String content) {
        for (AnswerReader reader : List.of(BULLETS, ANY)) {
            if (reader.read(stopped(content)) instanceof AnswerContent.Readable readable) {
                for (String marker : Marker.CANDIDATES) {
                    assertThat(Explanation.read("\n" + readable.text() + "\n" + Explanation.CLOSING, marker))
                            .isEqualTo(new Explanation.Readable(readable.text()));
                    assertThat(Explanation.read(content, marker)).isInstanceOf(Explanation.Readable.class);
                }
            }
        }
    }

    @Property
    void anyFormRefusesOnlyWhatTheVerbalizersReaderRefuses(@ForAll("answers") String content) {
        boolean readable = Marker.CANDIDATES.stream()
                .allMatch(marker -> Explanation.read(content, marker) instanceof Explanation.Readable);
        assertThat(ANY.read(stopped(content)) instanceof AnswerContent.Readable).isEqualTo(readable);
    }

    @Provide
    Arbitrary<String> answers() {
        return Arbitraries.of(
                        "<explanation>", "</explanation>", "• ", "- ", "*", "word", " ", "\n", "●", "㈎", "</", "é")
                .list()
                .ofMaxSize(12)
                .map(parts -> String.join("", parts));
    }

    @Test
    void unknownFormsAndNoMarkersAreRefused() {
        assertThatThrownBy(() -> DescriptionForm.parse("list")).hasMessageContaining("form list");
        assertThatThrownBy(() -> new AnswerReader(DescriptionForm.ANY, List.of()))
                .hasMessageContaining("markers");
    }

    private static Reply.Answer stopped(String content) {
        return new Reply.Answer(Optional.of(content), "stop", Optional.empty());
    }
}
