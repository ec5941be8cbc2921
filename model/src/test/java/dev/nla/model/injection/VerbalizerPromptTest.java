package dev.nla.model.injection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nla.model.InputException;
import dev.nla.model.testing.Fixtures;
import dev.nla.model.tokenizer.Tokenizer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Protects the marker and its place: one token, exactly once, between the neighbours the sidecar names, in raw and chat prompts. */
@Tag("real")
class VerbalizerPromptTest {
    private static final String TEMPLATE = "At {depth}%: <concept>{injection_char}</concept>\n\n<explanation>";
    private static Tokenizer smollm2;

    @BeforeAll
    static void open() {
        smollm2 = Tokenizer.open(Fixtures.smollm2());
    }

    @AfterAll
    static void close() {
        if (smollm2 != null) {
            smollm2.close();
        }
    }

    @Test
    void knownMarkersAreTheTokensTheFieldUses() {
        assertThat(VerbalizerPrompt.render(smollm2, TEMPLATE, false, "●", 72).marker())
                .isEqualTo(new Marker("●", 27098));
        assertThat(smollm2.encode("●")).containsExactly(27098);
        try (Tokenizer qwen = Tokenizer.open(Fixtures.qwen25Tokenizer())) {
            assertThat(VerbalizerPrompt.render(qwen, TEMPLATE, false, "㈎", 72).marker())
                    .isEqualTo(new Marker("㈎", 149705));
        }
    }

    @Test
    void aMarkerOfSeveralTokensIsRefused() {
        assertThatThrownBy(() -> VerbalizerPrompt.render(smollm2, TEMPLATE, false, "㈎", 72))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("choose a marker that is one token");
    }

    @Test
    void prefixAndSuffixAreThePromptSplitAtTheMarker() {
        VerbalizerPrompt prompt = VerbalizerPrompt.render(smollm2, TEMPLATE, false, "●", 72);
        assertThat(prompt.text()).isEqualTo("At 72%: <concept>●</concept>\n\n<explanation>");
        assertThat(prompt.suffix()[0]).isEqualTo(27098);
        assertThat(prompt.markerPosition()).isEqualTo(prompt.prefix().length);
        assertThat(smollm2.decode(prompt.prefix(), false) + smollm2.decode(prompt.suffix(), false))
                .isEqualTo(prompt.text());
        prompt.checkNeighbours(46, 9617);
        assertThatThrownBy(() -> prompt.checkNeighbours(46, 1))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("injection_left_neighbor_id");
    }

    @Test
    void aChatPromptWrapsTheTemplateAsOneUserMessage() {
        VerbalizerPrompt prompt = VerbalizerPrompt.render(smollm2, "Vector: <{injection_char}>.", true, "●", 0);
        assertThat(prompt.text())
                .contains("<|im_start|>user\nVector: <●>.<|im_end|>")
                .endsWith("<|im_start|>assistant\n");
    }

    @Test
    void aMarkerThatIsAbsentOrThereTwiceIsRefused() {
        assertThatThrownBy(() -> VerbalizerPrompt.render(smollm2, "no place", false, "●", 0))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("{injection_char}");
        assertThatThrownBy(() -> VerbalizerPrompt.render(smollm2, "<{injection_char}> <●>", false, "●", 0))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("exactly once");
        assertThatThrownBy(() -> new Marker("●", 27098).locate(new long[] {1, 2, 3}))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("does not occur");
    }

    @Test
    void depthIsThatOfTheBlocksMiddle() {
        assertThat(VerbalizerPrompt.depthPercent(21, 30)).isEqualTo(72);
        assertThat(VerbalizerPrompt.depthPercent(20, 28)).isEqualTo(73);
    }
}
