package dev.nla.model.sidecar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.nla.model.InputException;
import dev.nla.model.testing.Fixtures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Protects the reading of every public spelling of a model's sidecar, lossless round trips, and messages that name key and value. */
class ModelSidecarTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "released_av, VERBALIZER, 21, 60, 24",
        "released_ar, RECONSTRUCTOR, 21, 60, 24",
        "writer_actor, VERBALIZER, , 60, 24",
        "writer_critic, RECONSTRUCTOR, 21, 60, 24",
        "v1_critic, RECONSTRUCTOR, 21, 60, 24",
        "doc_ar, RECONSTRUCTOR, 21, 60, 24",
        "sqrt_scale, VERBALIZER, , 24, 24",
        "at_home_av, VERBALIZER, 21, 150, 24",
    })
    void readsEverySpelling(String name, Role role, Integer layer, double norm, double mseScale) {
        ModelSidecar sidecar = released(name);
        assertThat(sidecar.role()).isEqualTo(role);
        assertThat(sidecar.dModel()).isEqualTo(576);
        assertThat(sidecar.layer().stream().boxed().findFirst()).isEqualTo(Optional.ofNullable(layer));
        assertThat(sidecar.injectionNorm()).hasValue(norm);
        assertThat(sidecar.mseScale()).hasValue(mseScale);
        assertThat(sidecar.injectionCenter()).isEqualTo(InjectionCenter.NONE);
        assertThat(sidecar.chatTemplate()).isTrue();
        assertThat(sidecar.readout()).isEqualTo(Readout.MARKER_HIDDEN);
        assertThat(sidecar.marker().orElseThrow().text()).isEqualTo("●");
        assertThat(sidecar.marker().orElseThrow().id()).isEqualTo(27098);
        assertThat(sidecar.verbalizerTemplate().orElseThrow()).contains("<concept>{injection_char}</concept>\n\n");
        assertThat(sidecar.reconstructorTemplate())
                .contains("Summary of the following text: <text>{explanation}</text> <summary>");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "released_av",
                "released_ar",
                "writer_actor",
                "writer_critic",
                "v1_critic",
                "doc_ar",
                "sqrt_scale",
                "at_home_av"
            })
    void whatIsWrittenIsReadBackWithItsUnknownKeys(String name) {
        ModelSidecar sidecar = released(name);
        sidecar.write(folder);
        assertThat(ModelSidecar.read(folder)).isEqualTo(sidecar);
    }

    @Test
    void keepsWhatItDoesNotKnow() {
        ModelSidecar sidecar = released("at_home_av");
        assertThat(sidecar.other()).containsOnlyKeys("training");
        assertThat(sidecar.other().get("training"))
                .asInstanceOf(InstanceOfAssertFactories.MAP)
                .containsEntry("lora_r", 16)
                .containsEntry("lr", 8e-6);
        assertThat(released("doc_ar").other())
                .containsEntry("created_by", "fixtures")
                .containsEntry("trained_on", List.of("rl.parquet"));
        assertThat(released("released_av").marker().orElseThrow())
                .isEqualTo(new MarkerTokens("●", 27098, OptionalLong.of(46), OptionalLong.of(9617)));
        assertThat(released("released_av").suffixIds()).containsExactly(2692L, 46L, 2067L, 18347L, 46L);
    }

    @Test
    void ourOwnSettingsSurvive() {
        ModelSidecar sidecar = ModelSidecar.builder(Role.RECONSTRUCTOR, "sft", 576)
                .baseModel("HuggingFaceTB/SmolLM2-135M-Instruct")
                .layer(21)
                .depthPercent(72)
                .injectionNorm(150)
                .injectionCenter(InjectionCenter.MEAN)
                .mseScale(OptionalDouble.empty())
                .marker(new MarkerTokens("㈎", 149705, OptionalLong.empty(), OptionalLong.empty()))
                .reconstructorTemplate("<text>{explanation}</text>: \"quotes\" # and 'more'\n\n  end")
                .chatTemplate(false)
                .readout(Readout.VALUE_HEAD)
                .other("created_at", "2026-01-01T00:00:00Z")
                .other("git_commit", "0000000")
                .other("training", Map.of("lora_r", 16, "seed", 3))
                .build();
        sidecar.write(folder);
        assertThat(ModelSidecar.read(folder)).isEqualTo(sidecar);
        assertThat(sidecar.toBuilder().build()).isEqualTo(sidecar);
    }

    @Test
    void writesTheKeysThatTheOtherSystemsLookFor() throws IOException {
        released("v1_critic").write(folder);
        assertThat(Files.readString(folder.resolve("nla_meta.yaml")))
                .contains("kind: \"nla_model\"", "schema_version: 2", "role: \"ar\"", "d_model: 576")
                .contains("extraction_layer_index: 21", "critic:\n  extraction_layer_index: 21")
                .contains("injection_char: \"●\"", "injection_left_neighbor_id: 46")
                .doesNotContain("num_hidden_layers", "actor:");
    }

    @Test
    void anAbsentScaleIsTheRootOfDAndNullIsRaw() throws IOException {
        assertThat(read("role: ar\nd_model: 16").mseScale()).hasValue(4);
        assertThat(read("role: ar\nd_model: 16\nextraction: {mse_scale: null}").mseScale())
                .isEmpty();
        assertThat(read("role: ar\nd_model: 16\nextraction: {mse_scale: raw}").mseScale())
                .isEmpty();
        assertThat(read("role: ar\nd_model: 16\nextraction: {mse_scale: '2.5'}").mseScale())
                .hasValue(2.5);
        assertThat(read("role: ar\nextraction: {d_model: 16, mse_scale: sqrt_d_model}")
                        .mseScale()
                        .orElseThrow())
                .isCloseTo(4, within(1e-12));
    }

    @Test
    void theLossOfAFailedRunDoesNotMakeTheFileUnreadable() throws IOException {
        assertThat(read("role: ar\nd_model: 16\ntraining: {best_val_loss: .nan, worst: -.inf}")
                        .other())
                .containsEntry("training", Map.of("best_val_loss", ".nan", "worst", "-.inf"));
    }

    @Test
    void aValueHeadInTheFolderIsTheReadOutOfAForeignReconstructor() throws IOException {
        Files.createFile(folder.resolve("value_head.safetensors"));
        assertThat(read("role: critic\nd_model: 16").readout()).isEqualTo(Readout.VALUE_HEAD);
        assertThat(read("role: ar\nd_model: 16\nar: {readout: marker_hidden}").readout())
                .isEqualTo(Readout.MARKER_HIDDEN);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "role|''|role is missing: expected one of av, actor",
                "role|teacher|role is \"teacher\"",
                "kind|nla_dataset|not of a dataset",
                "schema_version|3|newer version",
                "d_model|0|d_model is 0",
                "d_model|-3|d_model is -3",
                "d_model|1.5|d_model is 1.5",
                "d_model|many|d_model is \"many\"",
                "extraction_layer_index|-1|extraction_layer_index is -1",
                "extraction_layer_index|99999|extraction_layer_index is 99999",
                "critic|'{extraction_layer_index: 20}'|critic.extraction_layer_index is 20: expected the same as",
                "extraction|'{injection_scale: -1}'|extraction.injection_scale is -1",
                "extraction|'{injection_scale: .nan}'|extraction.injection_scale",
                "extraction|'{injection_scale: .inf}'|extraction.injection_scale",
                "extraction|'{injection_scale: big}'|sqrt_d_model",
                "extraction|'{}'|extraction.injection_scale is missing",
                "extraction|'{injection_scale: 1, mse_scale: 0}'|extraction.mse_scale is 0",
                "extraction|'{injection_scale: 1, injection_center: median}'|none, mean",
                "extraction|'{injection_scale: 1, depth_percent: 171}'|extraction.depth_percent is 171",
                "tokens|'{}'|tokens.injection_char is missing",
                "tokens|'{injection_char: x}'|tokens.injection_token_id is missing",
                "tokens|'{injection_char: x, injection_token_id: -5}'|tokens.injection_token_id is -5",
                "tokens|'{injection_char: 5, injection_token_id: 5}'|tokens.injection_char is 5",
                "tokens|'{injection_char: x, injection_token_id: 5, critic_suffix_ids: [a]}'|critic_suffix_ids",
                "prompt_templates|'{av: no marker}'|{injection_char} exactly once",
                "prompt_templates|'{av: \"{injection_char}{injection_char}\"}'|exactly once",
                "prompt_templates|'{ar: \"{explanation}\"}'|prompt_templates.av is missing",
                "prompt_templates|'{av: \"{injection_char}\", actor: \"x{injection_char}\"}'|expected the same as",
                "training|'{chat_template: maybe}'|true or false",
                "ar|'{readout: mean}'|marker_hidden, value_head",
            })
    void whatIsWrongIsNamedWithFileKeyAndValue(String key, String value, String complaint) {
        assertThatThrownBy(() -> readVerbalizerWith(key, value))
                .isInstanceOf(InputException.class)
                .hasMessageContainingAll("nla_meta.yaml", complaint)
                .message()
                .doesNotContain("\n");
    }

    @Test
    void missingAndBrokenFilesAreNamed() {
        assertThatThrownBy(() -> ModelSidecar.read(folder))
                .hasMessageContainingAll("nla_meta.yaml", "no such file", "RUN/adapter");
        assertThatThrownBy(() -> read("role: [av")).hasMessageContainingAll("nla_meta.yaml", "YAML");
        assertThatThrownBy(() -> read("role: av\nrole: ar")).hasMessageContainingAll("nla_meta.yaml", "Duplicate");
    }

    @Test
    void theInjectionMeanIsReadBackAndChecked() {
        InjectionMean.write(folder, new float[] {1, 2, 3});
        assertThat(InjectionMean.read(folder, 3)).containsExactly(1, 2, 3);
        assertThatThrownBy(() -> InjectionMean.read(folder, 4))
                .isInstanceOf(InputException.class)
                .hasMessageContainingAll("injection_mean.safetensors", "F32 [3]", "[4]");
        InjectionMean.write(folder, new float[] {1, Float.POSITIVE_INFINITY});
        assertThatThrownBy(() -> InjectionMean.read(folder, 2)).hasMessageContaining("Infinity at element 1");
    }

    private static ModelSidecar released(String name) {
        return ModelSidecar.read(Fixtures.golden("interop/sidecars/" + name));
    }

    private ModelSidecar read(String keys) throws IOException {
        Files.writeString(folder.resolve("nla_meta.yaml"), "kind: nla_model\n" + keys + "\n");
        return ModelSidecar.read(folder);
    }

    private ModelSidecar readVerbalizerWith(String key, String value) throws IOException {
        StringBuilder yaml = new StringBuilder();
        Map<String, String> keys = new LinkedHashMap<>();
        keys.put("kind", "nla_model");
        keys.put("role", "av");
        keys.put("d_model", "16");
        keys.put("extraction_layer_index", "21");
        keys.put("extraction", "{injection_scale: 150}");
        keys.put("tokens", "{injection_char: x, injection_token_id: 5}");
        keys.put("prompt_templates", "{av: \"{injection_char}\"}");
        keys.put(key, value);
        keys.forEach((k, v) -> yaml.append(k).append(": ").append(v).append('\n'));
        Files.writeString(folder.resolve("nla_meta.yaml"), yaml);
        return ModelSidecar.read(folder);
    }
}
