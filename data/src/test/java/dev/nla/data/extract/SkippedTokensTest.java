package dev.nla.data.extract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nla.data.dataset.ActivationDataset;
import dev.nla.data.dataset.Row;
import dev.nla.data.extract.prompt.Position;
import dev.nla.data.extract.prompt.Prompt;
import dev.nla.data.extract.prompt.PromptStyle;
import dev.nla.data.extract.prompt.TokenizerPrompts;
import dev.nla.data.extract.source.ActivationSource;
import dev.nla.data.split.DocumentSplit;
import dev.nla.data.split.SplitRatios;
import dev.nla.model.InputException;
import dev.nla.model.sidecar.ActivationOrigin;
import dev.nla.model.tokenizer.Tokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Protects which tokens at the start of a text give no activation, and what becomes of texts that have no others. */
class SkippedTokensTest {
    @TempDir
    private Path folder;

    private Path texts;

    @BeforeEach
    void write() throws IOException {
        texts = Files.writeString(
                folder.resolve("texts.jsonl"),
                "{\"id\":\"x\",\"text\":\"abc\"}\n{\"id\":\"y\",\"text\":\"z\"}\n{\"id\":\"w\",\"text\":\"^^de\"}\n");
    }

    private ExtractionReport run(String name, String position, int skipFirst, ActivationSource source) {
        ExtractionSettings settings = new ExtractionSettings(
                2, Position.parse(position), skipFirst, 512, false, 60, 9, new DocumentSplit(3, SplitRatios.DEFAULT));
        return new Extraction(source, new CharacterEncoder(), settings, Clock.systemUTC())
                .run(texts, folder.resolve(name), ExtractionListener.none());
    }

    private List<String> ids(String name) {
        try (ActivationDataset dataset = ActivationDataset.open(folder.resolve(name))) {
            return dataset.rows().stream().map(Row::id).toList();
        }
    }

    /** The encoder puts two tokens before a text and one behind it; '^' stands for a special token. */
    @ParameterizedTest
    @CsvSource({
        "0, x#2 x#3 x#4 x#5 y#2 y#3 w#2 w#3 w#4 w#5 w#6",
        "1, x#3 x#4 x#5 y#3 w#5 w#6",
        "2, x#4 x#5 w#6",
        "3, x#5"
    })
    void tokensAreSkippedBehindWhatStandsBeforeTheTextAndItsSpecialTokens(int skipFirst, String expected) {
        run("data", "all", skipFirst, new CountingSource());
        assertThat(String.join(" ", ids("data"))).isEqualTo(expected);
    }

    @Test
    void textsThatAreTooShortGiveNoRowAndAreCounted() {
        ExtractionReport report = run("data", "sample:4", 3, new CountingSource());
        assertThat(report.shortTexts()).isEqualTo(2);
        assertThat(report.rows()).isEqualTo(1);
        assertThat(run("last", "last", 2, new CountingSource()).shortTexts()).isEqualTo(1);
        assertThat(ids("last")).containsExactly("x", "w");
    }

    @Test
    void whereNothingIsLeftTheWayOutIsSaid() {
        assertThatThrownBy(() -> run("data", "all", 9, new CountingSource()))
                .isInstanceOf(InputException.class)
                .hasMessageContainingAll("none of 3 texts", "skip_first 9", "lower it");
        assertThat(folder.resolve("data")).doesNotExist();
        assertThatThrownBy(() -> run("data", "all", -1, new CountingSource()))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("skip_first -1");
    }

    @Test
    void skippingIsOneOfTheSettingsThatAnUnfinishedExtractionKeeps() {
        assertThatThrownBy(() -> run("data", "all", 1, new CountingSource(0))).hasMessage("killed");
        assertThatThrownBy(() -> run("data", "all", 0, new CountingSource()))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("skip first 1, now none");
        assertThat(run("data", "all", 1, new CountingSource()).rows()).isEqualTo(6);
    }

    @Test
    void theSidecarSaysWhatWasSkippedAndNothingWhereNothingWas() throws IOException {
        run("skipped", "all", 1, new CountingSource());
        run("whole", "all", 0, new CountingSource());
        try (ActivationDataset dataset = ActivationDataset.open(folder.resolve("skipped"))) {
            assertThat(dataset.sidecar().origin())
                    .isEqualTo(new ActivationOrigin(Optional.of("chat"), Optional.of("all"), 1));
        }
        assertThat(Files.readString(folder.resolve("whole/nla_meta.yaml"))).doesNotContain("skip_first");
    }

    /** A tokenizer of words that opens every sequence with {@code <s>}. */
    @Test
    void theTokenThatOpensASequenceIsSkippedBesidesTheTextsOwn() throws IOException {
        Files.writeString(folder.resolve("tokenizer.json"), """
                {"version": "1.0", "truncation": null, "padding": null,
                 "added_tokens": [{"id": 0, "content": "<s>", "single_word": false, "lstrip": false, "rstrip": false, "normalized": false, "special": true}],
                 "normalizer": null, "pre_tokenizer": {"type": "Whitespace"},
                 "post_processor": {"type": "TemplateProcessing",
                   "single": [{"SpecialToken": {"id": "<s>", "type_id": 0}}, {"Sequence": {"id": "A", "type_id": 0}}],
                   "pair": [{"Sequence": {"id": "A", "type_id": 0}}, {"Sequence": {"id": "B", "type_id": 1}}],
                   "special_tokens": {"<s>": {"id": "<s>", "ids": [0], "tokens": ["<s>"]}}},
                 "decoder": null,
                 "model": {"type": "WordLevel", "vocab": {"<s>": 0, "one": 1, "two": 2, "three": 3}, "unk_token": "one"}}
                """);
        try (Tokenizer tokenizer = Tokenizer.open(folder)) {
            TokenizerPrompts prompts = new TokenizerPrompts(tokenizer, PromptStyle.RAW);
            Prompt prompt = prompts.encode("one two three");
            assertThat(prompt.tokenIds()).containsExactly(0, 1, 2, 3);
            assertThat(prompts.firstToken(prompt, 0)).isEqualTo(1);
            assertThat(prompts.firstToken(prompt, 1)).isEqualTo(2);
            Prompt written = prompts.encode("<s> one two");
            assertThat(written.tokenIds()).containsExactly(0, 0, 1, 2);
            assertThat(prompts.firstToken(written, 0)).isEqualTo(1);
            assertThat(prompts.firstToken(written, 1)).isEqualTo(3);
        }
        assertThat(PromptStyle.RAW.skipFirst()).isEqualTo(1);
        assertThat(PromptStyle.CHAT.skipFirst()).isZero();
    }
}
