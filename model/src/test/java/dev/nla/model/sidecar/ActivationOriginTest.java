package dev.nla.model.sidecar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nla.model.InputException;
import dev.nla.model.testing.Fixtures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Protects what adapters and datasets say of where their activations stand, and what is said where others are given. */
class ActivationOriginTest {
    private static final ActivationOrigin CHAT_LAST = origin("chat", "last", 0);
    private static final ActivationOrigin RAW_SAMPLE = origin("raw", "sample:4", 1);

    @TempDir
    private Path folder;

    private static ActivationOrigin origin(String prompt, String position, int skipFirst) {
        return new ActivationOrigin(Optional.of(prompt), Optional.of(position), skipFirst);
    }

    private static ModelSidecar adapter(String name) {
        return ModelSidecar.read(Fixtures.golden("interop/sidecars/" + name));
    }

    @Test
    void anAdaptersSidecarKeepsIt() throws IOException {
        ModelSidecar sidecar =
                adapter("released_av").toBuilder().origin(RAW_SAMPLE).build();
        sidecar.write(folder);
        assertThat(Files.readString(folder.resolve(ModelSidecar.FILE)))
                .contains("  prompt: \"raw\"\n  position: \"sample:4\"\n  skip_first: 1\n");
        assertThat(ModelSidecar.read(folder)).isEqualTo(sidecar);
    }

    @ParameterizedTest
    @ValueSource(strings = {"released_av", "released_ar", "v1_critic", "at_home_av"})
    void aFileWithoutTheKeysSaysNothingAndGetsNone(String name) throws IOException {
        ModelSidecar sidecar = adapter(name);
        assertThat(sidecar.origin()).isEqualTo(ActivationOrigin.UNKNOWN);
        sidecar.write(folder);
        assertThat(Files.readString(folder.resolve(ModelSidecar.FILE)))
                .doesNotContain("position:", " prompt:", "skip_first");
    }

    @ParameterizedTest
    @ValueSource(strings = {"prompt: \"chatty\"", "position: \"sample\"", "position: 3", "skip_first: -1"})
    void aMisspeltValueIsNamed(String line) throws IOException {
        adapter("released_av").toBuilder().origin(CHAT_LAST).build().write(folder);
        Path file = folder.resolve(ModelSidecar.FILE);
        String key = line.substring(0, line.indexOf(':'));
        String spoiled = Files.readString(file).replaceAll("  (" + key + ": .*\n)", "");
        Files.writeString(file, spoiled.replace("extraction:\n", "extraction:\n  " + line + "\n"));
        assertThatThrownBy(() -> ModelSidecar.read(folder))
                .isInstanceOf(InputException.class)
                .hasMessageContainingAll("nla_meta.yaml", "extraction." + key, "expected");
    }

    @Test
    void aDatasetSaysItOfItsRowsWhereItWasExtractedHere() {
        assertThat(dataset(Map.of("prompt", "raw", "position", "sample:4", "skip_first", 1)))
                .isEqualTo(RAW_SAMPLE);
        assertThat(dataset(Map.of("prompt", "chat", "position", "last"))).isEqualTo(CHAT_LAST);
        assertThat(dataset(Map.of())).isEqualTo(ActivationOrigin.UNKNOWN);
        assertThat(dataset(Map.of("prompt", "someone else's", "position", 7))).isEqualTo(ActivationOrigin.UNKNOWN);
    }

    private static ActivationOrigin dataset(Map<String, Object> extraction) {
        return DatasetSidecar.of("d", 1, "m", 2, 0, Map.of("extraction", extraction))
                .origin();
    }

    @Test
    void whatANewStageLeavesOpenStaysAsItWas() {
        assertThat(ActivationOrigin.UNKNOWN.or(RAW_SAMPLE)).isEqualTo(RAW_SAMPLE);
        assertThat(CHAT_LAST.or(RAW_SAMPLE)).isEqualTo(CHAT_LAST);
    }

    @Test
    void rowsAtOtherTokensOrOfOtherPromptsAreToldApart() {
        assertThat(CHAT_LAST.differences(CHAT_LAST)).isEmpty();
        assertThat(CHAT_LAST.differences(ActivationOrigin.UNKNOWN)).isEmpty();
        assertThat(ActivationOrigin.UNKNOWN.differences(RAW_SAMPLE)).isEmpty();
        assertThat(CHAT_LAST.differences(RAW_SAMPLE))
                .containsExactly(
                        "activations of chat prompts, these are of raw ones",
                        "activations at the last token of prompts, these are at 4 drawn tokens a text");
        assertThat(RAW_SAMPLE.differences(origin("raw", "last", 0)))
                .as("a last token is one of all tokens")
                .isEmpty();
    }

    @Test
    void goingOnWithOthersIsMixingEitherWay() {
        assertThat(List.of(CHAT_LAST.mixes(RAW_SAMPLE), RAW_SAMPLE.mixes(origin("raw", "last", 1))))
                .containsOnly(true);
        assertThat(List.of(
                        CHAT_LAST.mixes(CHAT_LAST),
                        RAW_SAMPLE.mixes(origin("raw", "all", 0)),
                        CHAT_LAST.mixes(ActivationOrigin.UNKNOWN),
                        ActivationOrigin.UNKNOWN.mixes(CHAT_LAST)))
                .containsOnly(false);
    }

    @Test
    void aTokenWhereNoneWasTakenIsTold() {
        assertThat(CHAT_LAST.otherPosition(11, 12, 12, 3)).isEmpty();
        assertThat(CHAT_LAST.otherPosition(5, 6, 12, 3))
                .contains("activations at the last token of prompts, this one is at token 5 of 0 to 11");
        assertThat(CHAT_LAST.otherPosition(10, 12, 12, 3).orElseThrow()).contains("tokens 10 to 11");
        assertThat(RAW_SAMPLE.otherPosition(5, 6, 12, 1)).isEmpty();
        assertThat(RAW_SAMPLE.otherPosition(0, 1, 12, 1))
                .contains("activations of texts from token 1 on, this one is at token 0");
        assertThat(ActivationOrigin.UNKNOWN.otherPosition(0, 1, 12, 1)).isEmpty();
    }

    @Test
    void itIsSaidInWords() {
        assertThat(CHAT_LAST.text()).contains("the last token of chat prompts");
        assertThat(RAW_SAMPLE.text()).contains("4 drawn tokens a text of raw prompts, the first 1 skipped");
        assertThat(ActivationOrigin.UNKNOWN.text()).isEmpty();
    }
}
