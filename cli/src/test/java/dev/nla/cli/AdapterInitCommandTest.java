package dev.nla.cli;

import static dev.nla.cli.Spoiled.FAILED;
import static dev.nla.cli.Spoiled.USAGE;
import static dev.nla.cli.Spoiled.contents;
import static dev.nla.cli.Spoiled.refused;
import static dev.nla.cli.TinyRuns.succeeded;
import static dev.nla.cli.TinyRuns.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nla.model.sidecar.InjectionCenter;
import dev.nla.model.sidecar.ModelSidecar;
import dev.nla.model.sidecar.Readout;
import dev.nla.model.sidecar.Role;
import dev.nla.model.testing.Fixtures;
import dev.nla.model.testing.TinyModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Protects the way from an adapter as PEFT leaves it to one that can be used: what is not known is asked for and never guessed, what is
 * said is checked before anything is written, and what was there is not lost.
 */
class AdapterInitCommandTest {
    private static final String SEED = "anicka/nla-qwen2.5-7b-L20-av-v2";
    private static final String PROMPT = "Layer at {depth}%: <c>{injection_char}</c>\n<explanation>";

    @TempDir
    private Path folder;

    private Path model;
    private Path adapter;
    private Path prompt;

    @BeforeEach
    void bareAdapter() throws IOException {
        model = TinyModel.write(folder.resolve("model"));
        adapter = new Spoiled(folder).copy(Fixtures.golden("llama/adapter"));
        prompt = Files.writeString(folder.resolve("prompt.txt"), PROMPT + "\n");
    }

    @Test
    void aBareAdapterDescribesOnceItsConventionsAreWritten() {
        refused(
                describe(),
                FAILED,
                adapter.toString(),
                "has no nla_meta.yaml",
                "nla adapter init " + adapter,
                "--layer L");
        Outcome made = init("--depth", 40, "--prompt", "raw", "--position", "last");
        succeeded(made);
        assertThat(made.err()).isEmpty();
        assertThat(made.out()).contains(adapter + "/nla_meta.yaml: a verbalizer of layer 2, marker ● (token ");
        ModelSidecar sidecar = ModelSidecar.read(adapter);
        assertThat(sidecar.role()).isEqualTo(Role.VERBALIZER);
        assertThat(sidecar.dModel()).isEqualTo(TinyModel.WIDTH);
        assertThat(sidecar.layer()).isEqualTo(OptionalInt.of(2));
        assertThat(sidecar.injectionNorm()).isEqualTo(OptionalDouble.of(3));
        assertThat(sidecar.injectionCenter()).isEqualTo(InjectionCenter.NONE);
        assertThat(sidecar.depthPercent()).isEqualTo(OptionalInt.of(40));
        assertThat(sidecar.verbalizerTemplate()).hasValue(PROMPT);
        assertThat(sidecar.chatTemplate()).isFalse();
        assertThat(sidecar.marker().orElseThrow().leftId()).isPresent();
        assertThat(sidecar.origin().text()).hasValue("the last token of raw prompts");
        assertThat(succeeded(describe()).out()).isNotBlank();
    }

    @Test
    void theDepthIsThatOfTheLayerAndTheChatTemplateIsAsked() {
        succeeded(init("--chat-template"));
        ModelSidecar sidecar = ModelSidecar.read(adapter);
        assertThat(sidecar.chatTemplate()).isTrue();
        assertThat(sidecar.depthPercent()).isEqualTo(OptionalInt.of(63));
        Path raw = folder.resolve("raw");
        succeeded(Outcome.of(
                "adapter",
                "init",
                adapter,
                "--like",
                adapter,
                "--no-chat-template",
                "--model",
                model,
                "--output",
                raw));
        assertThat(ModelSidecar.read(raw).chatTemplate()).isFalse();
    }

    @Test
    void aSidecarOfAnotherAdapterCanBeBorrowedWithFlagsAboveIt() {
        succeeded(init());
        Path other = folder.resolve("other");
        Path file = adapter.resolve("nla_meta.yaml");
        succeeded(Outcome.of(
                "adapter", "init", Fixtures.golden("llama/adapter"), "--like", file, "--layer", 1, "--output", other));
        ModelSidecar sidecar = ModelSidecar.read(other);
        assertThat(sidecar.layer()).isEqualTo(OptionalInt.of(1));
        assertThat(sidecar.verbalizerTemplate()).hasValue(PROMPT);
        assertThat(sidecar.other()).isEqualTo(Map.of("created_by", "nla adapter init --like " + file));
        assertThat(other.resolve("adapter_model.safetensors")).isRegularFile();
        assertThat(Fixtures.golden("llama/adapter").resolve("nla_meta.yaml")).doesNotExist();
    }

    @Test
    void aBorrowedSidecarServesWithoutWritingAnything() throws IOException {
        succeeded(init());
        Path sidecar = Files.move(adapter.resolve("nla_meta.yaml"), folder.resolve("lent.yaml"));
        Map<Path, String> before = contents(adapter);
        assertThat(succeeded(describe("--like", sidecar)).out()).isNotBlank();
        assertThat(contents(adapter)).isEqualTo(before);
        refused(
                describe("--like", sidecar, "--like", "kitft/nla-qwen2.5-7b-L20-ar"),
                USAGE,
                "--like kitft/nla-qwen2.5-7b-L20-ar",
                "no adapter of its role");
        Files.copy(sidecar, adapter.resolve("nla_meta.yaml"));
        refused(describe("--like", sidecar), USAGE, "--like " + sidecar, "a sidecar of its own");
    }

    @Test
    void aReconstructorIsReadAtItsMarkerOrItsValueHead() throws IOException {
        Path reading = Files.writeString(folder.resolve("reading.txt"), "Of {explanation}:");
        succeeded(Outcome.of(
                "adapter",
                "init",
                adapter,
                "--role",
                "ar",
                "--layer",
                2,
                "--marker",
                "●",
                "--ar-template",
                reading,
                "--mse-scale",
                "raw",
                "--model",
                model));
        ModelSidecar sidecar = ModelSidecar.read(adapter);
        assertThat(sidecar.role()).isEqualTo(Role.RECONSTRUCTOR);
        assertThat(sidecar.readout()).isEqualTo(Readout.MARKER_HIDDEN);
        assertThat(sidecar.mseScale()).isEmpty();
        refused(
                Outcome.of(
                        "adapter",
                        "init",
                        adapter,
                        "--role",
                        "ar",
                        "--layer",
                        2,
                        "--marker",
                        "●",
                        "--ar-template",
                        reading,
                        "--readout",
                        "value_head",
                        "--model",
                        model,
                        "--force"),
                FAILED,
                "value_head.safetensors");
    }

    @Test
    void whatIsThereIsNotWrittenOverUnlessForced() throws IOException {
        succeeded(init());
        Map<Path, String> before = contents(adapter);
        refused(init("--injection-norm", 5), USAGE, "--injection-norm");
        refused(init(), FAILED, "nla_meta.yaml", "is there already", "--force");
        assertThat(contents(adapter)).isEqualTo(before);
        succeeded(init("--force", "--chat-template"));
        assertThat(ModelSidecar.read(adapter).chatTemplate()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "--layer,9,USAGE,layer is 9",
        "--layer,-1,USAGE,--layer -1",
        "--injection-norm,0,USAGE,--injection-norm 0",
        "--injection-norm,NaN,USAGE,--injection-norm NaN",
        "--marker,abc,FAILED,'abc'",
        "--marker,x,FAILED,exactly once",
        "--depth,101,USAGE,--depth 101",
        "--role,both,USAGE,--role both",
        "--injection-center,mean,FAILED,injection_mean.safetensors",
        "--prompt,talk,USAGE,--prompt talk",
        "--position,first,USAGE,--position first",
        "--like,seed,USAGE,--like seed",
        "--like,kitft/nla-qwen2.5-7b-L20-av,FAILED,width of 48"
    })
    void whatCannotBeIsRefusedBeforeAnythingIsWritten(String flag, String value, String code, String part)
            throws IOException {
        Files.writeString(folder.resolve("prompt.txt"), "x" + PROMPT);
        Map<Path, String> before = contents(adapter);
        refused(Outcome.of(replaced(flag, value)), code.equals("USAGE") ? USAGE : FAILED, part);
        assertThat(contents(adapter)).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource({"no place,0", "{injection_char}{injection_char},2"})
    void aTemplateHasExactlyOnePlace(String text, int times) throws IOException {
        Files.writeString(prompt, text);
        refused(init(), FAILED, "--av-template " + prompt, "{injection_char} stands in it " + times + " times");
    }

    @Test
    void anotherModelsAdapterIsRefused() throws IOException {
        Path other = TinyModel.write(folder.resolve("other model"), "qwen3");
        refused(Outcome.of(replaced("--model", other.toString())), FAILED, "adapter");
        assertThat(adapter.resolve("nla_meta.yaml")).doesNotExist();
    }

    @Test
    void aShapeThatIsKnownIsSuggestedAndNeverTaken() throws IOException {
        Path known = new Spoiled(folder)
                .edited(
                        Fixtures.golden("llama/adapter"),
                        "adapter_config.json",
                        text -> text.replaceAll(
                                "\"base_model_name_or_path\": [^,]*,",
                                "\"base_model_name_or_path\": \"models/Qwen2.5-7B-Instruct\","));
        refused(
                describe(),
                FAILED,
                known.toString(),
                "base model models/Qwen2.5-7B-Instruct, rank 4, width 48",
                "--layer L");
        refused(
                Outcome.of("adapter", "init", known),
                USAGE,
                "--layer, --injection-norm, --marker, --av-template are missing");
        assertThat(known.resolve("nla_meta.yaml")).doesNotExist();
        refused(
                Outcome.of(
                        "adapter",
                        "init",
                        known,
                        "--layer",
                        2,
                        "--injection-norm",
                        3,
                        "--marker",
                        "●",
                        "--av-template",
                        prompt),
                USAGE,
                "--model is missing",
                "'●'");
    }

    private Outcome init(Object... more) {
        return Outcome.of(with(
                more,
                "adapter",
                "init",
                adapter,
                "--layer",
                2,
                "--injection-norm",
                3,
                "--marker",
                "●",
                "--av-template",
                prompt,
                "--model",
                model));
    }

    /** The command with one flag's value exchanged, or with one flag more. */
    private Object[] replaced(String flag, String value) {
        Map<String, String> flags = new LinkedHashMap<>();
        flags.put("--layer", "2");
        flags.put("--injection-norm", "3");
        flags.put("--marker", "●");
        flags.put("--av-template", prompt.toString());
        flags.put("--model", model.toString());
        flags.put(flag, value);
        return with(
                flags.entrySet().stream()
                        .flatMap(each -> Stream.of(each.getKey(), each.getValue()))
                        .toArray(),
                "adapter",
                "init",
                adapter);
    }

    private Outcome describe(Object... more) {
        return Outcome.of(with(
                more,
                "describe",
                "--model",
                model,
                "--verbalizer",
                adapter,
                "--text",
                "one river",
                "--prompt",
                "raw",
                "--max-new-tokens",
                4));
    }
}
