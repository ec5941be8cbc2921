package dev.nla.train.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nla.model.InputException;
import dev.nla.model.config.Family;
import dev.nla.model.lora.Projection;
import dev.nla.train.config.adapter.LoraSettings;
import dev.nla.train.config.policy.NegativePool;
import dev.nla.train.config.policy.RewardKind;
import dev.nla.train.config.setting.Located;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Protects how users' settings are resolved, and that every mistake is refused by one line that says what to do. */
class ConfigReaderTest {
    @TempDir
    Path folder;

    @Test
    void overridesWinOverTheFileWhichWinsOverDefaults() throws IOException {
        Path yaml = file("model: m\ndata: d\noutput_dir: o\nrole: verbalizer\nlearning_rate: 1e-4\nlora_r: 8\n");
        SftConfig config = sft(yaml, "learning_rate=2e-5", "seed=7", "seed=8");
        assertThat(config.optimizer().learningRate()).isEqualTo(2e-5);
        assertThat(config.lora().loraR()).isEqualTo(8);
        assertThat(config.run().seed()).isEqualTo(8);
        assertThat(config.optimizer().adamBeta2()).isEqualTo(0.999);
        assertThat(config.run().model()).isEqualTo(Located.at("m"));
    }

    @Test
    void numbersThatYamlTakesForTextAreRead() throws IOException {
        Path yaml = file(
                "model: m\ndata: d\noutput_dir: o\nrole: reconstructor\nlearning_rate: 1e-4\nadam_epsilon: .5e-7\n");
        assertThat(sft(yaml).optimizer().learningRate()).isEqualTo(1e-4);
        assertThat(sft(yaml).optimizer().adamEpsilon()).isEqualTo(0.5e-7);
    }

    @Test
    void listsAndMapsAreReadFromYamlAndFromTheCommandLine() throws IOException {
        Path yaml = file(minimal("target_modules: [q_proj, v_proj]\nrank_pattern: {q_proj: 4}\n"));
        assertThat(sft(yaml).lora().targetModules()).containsExactly("q_proj", "v_proj");
        assertThat(sft(yaml).lora().rankPattern()).isEqualTo(Map.of("q_proj", 4));
        LoraSettings lora = sft(yaml, "target_modules=k_proj,o_proj", "alpha_pattern={k_proj: 3}")
                .lora();
        assertThat(lora.targetModules()).containsExactly("k_proj", "o_proj");
        assertThat(lora.alphaPattern()).isEqualTo(Map.of("k_proj", 3.0));
        assertThat(sft(yaml, "target_modules=all-linear").lora().targetModules())
                .containsExactly("all-linear");
        assertThat(sft(yaml, "target_modules=q_proj,k_proj,v_proj,o_proj,gate_proj,up_proj,down_proj")
                        .lora()
                        .targetModules())
                .containsExactly("all-linear");
    }

    @Test
    void targetsAreThoseOfTheModelsFamily() throws IOException {
        LoraSettings all = sft(file(minimal(""))).lora();
        assertThat(all.spec(Family.QWEN2).targets()).hasSize(7);
        assertThat(all.spec(Family.PHI3).targets())
                .containsExactly(Projection.QKV_PROJ, Projection.O_PROJ, Projection.GATE_UP_PROJ, Projection.DOWN_PROJ);
        LoraSettings some =
                sft(file(minimal("target_modules: [q_proj, o_proj]\n"))).lora();
        assertThatThrownBy(() -> some.spec(Family.PHI3))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("target_modules has 'q_proj', but a block of phi3 has qkv_proj, o_proj");
    }

    @Test
    void patternsKeepTheirOrderBecauseTheFirstMatchCounts() throws IOException {
        SftConfig config = sft(file(minimal("rank_pattern: {layers.1.q_proj: 2, q_proj: 4, .*proj: 8}\n")));
        assertThat(config.lora().spec(Family.LLAMA).rankPattern().keySet())
                .containsExactly("layers.1.q_proj", "q_proj", ".*proj");
        assertThat(sft(file(ConfigWriter.yaml(config))).lora().rankPattern().keySet())
                .containsExactly("layers.1.q_proj", "q_proj", ".*proj");
    }

    @Test
    void optionalSettingsAreEmptyUnlessGiven() throws IOException {
        Path yaml = file(minimal("depth: 73\nmse_scale: null\n"));
        SftConfig config = sft(yaml);
        assertThat(config.verbalizer().depth()).isEqualTo(OptionalInt.of(73));
        assertThat(sft(yaml, "depth=auto").verbalizer().depth()).isEmpty();
        assertThat(config.reconstructor().mseScale()).isEmpty();
        assertThat(config.verbalizer().marker()).isEmpty();
        assertThat(sft(yaml, "marker=㈎").verbalizer().marker()).contains("㈎");
        assertThat(config.initAdapter()).isEmpty();
    }

    @Test
    void hardNegativesDifferFromContrastiveOnlyInDefaults() {
        GrpoConfig grpo = grpo(Stage.GRPO);
        GrpoConfig hard = grpo(Stage.HARDNEG);
        assertThat(grpo.reward().reward()).isEqualTo(RewardKind.CONTRASTIVE);
        assertThat(grpo.reward().negativePool()).isEqualTo(NegativePool.RANDOM);
        assertThat(hard.reward().reward()).isEqualTo(RewardKind.HARD_NEGATIVE);
        assertThat(hard.reward().negativePool()).isEqualTo(NegativePool.NEAREST);
        assertThat(grpo(Stage.GRPO, "delta=1.5", "epsilon_high=0.28").policy().delta())
                .isEqualTo(OptionalDouble.of(1.5));
        assertThat(grpo.policy().upperEpsilon()).isEqualTo(grpo.policy().epsilon());
    }

    @ParameterizedTest
    @EnumSource(Stage.class)
    void theWrittenConfigReadsBackAsTheSame(Stage stage) throws IOException {
        List<String> overrides = Stream.concat(
                        required(stage).stream(), Stream.of("seed=12345678901", "learning_rate=1.7e-5", "threads=3"))
                .toList();
        TrainConfig config = ConfigReader.read(stage, Optional.empty(), overrides);
        Path yaml = file(ConfigWriter.yaml(config));
        assertThat(ConfigReader.stageOf(yaml)).isEqualTo(stage);
        assertThat(ConfigReader.read(stage, Optional.of(yaml), List.of())).isEqualTo(config);
    }

    @Test
    void textsThatLookLikeSomethingElseSurviveTheRoundTrip() throws IOException {
        SftConfig config = sft(
                file(minimal("")),
                "av_template= 'x': {injection_char}\n\t# no comment\n\n{depth}%  ",
                "output_dir=1e5",
                "init_adapter=null",
                "marker=y",
                "rank_pattern={\"layers\\\\.3\\\\.q_proj\": 2, 12: 3}");
        assertThat(sft(file(ConfigWriter.yaml(config)))).isEqualTo(config);
    }

    @Test
    void anUnknownKeyIsRefusedWithTheNearestKnownOne() throws IOException {
        Path yaml = file(minimal("learning-rates: 1\n"));
        assertUsage(() -> sft(yaml), yaml.toString(), "learning-rates is not a setting", "did you mean learning_rate?");
        assertUsage(() -> sft(file(minimal("")), "lorar=4"), "command line", "lorar", "lora_r");
    }

    @Test
    void aKeyOfAnotherStageIsSaidToBeThat() throws IOException {
        Path yaml = file(minimal("num_generations: 4\n"));
        assertUsage(() -> sft(yaml), "num_generations is a setting of nla train grpo, not of sft");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "learning_rate=fast      | learning_rate is 'fast', expected a number above 0",
                "learning_rate=NaN       | expected a number above 0",
                "learning_rate=1e999     | expected a number above 0",
                "learning_rate=0         | expected a number above 0",
                "lora_dropout=1          | expected a number from 0 and below 1",
                "lora_r=2.5              | lora_r is '2.5', expected a whole number of at least 1",
                "seed=99999999999999999999 | seed is",
                "use_rslora=yes          | expected true or false",
                "role=actor              | expected one of verbalizer, reconstructor",
                "depth=101               | expected a whole number from 0 to 100 or auto",
                "max_steps=0             | max_steps is 0",
                "marker=ab               | marker is 'ab', expected one character",
                "av_template=x           | av_template has no {injection_char}",
                "ar_template={explanation} {explanation} | ar_template has more than one {explanation}",
                "target_modules=query    | target_modules has 'query'",
                "mse_weight=0            | expected at least one above 0",
                "rank_pattern=[1]        | rank_pattern is [1], expected a map from names to whole numbers of at least 1",
                "rank_pattern={'(': 2}   | change the LoRA settings",
                "lora_r=70000            | change the LoRA settings",
                "model=                  | model is empty, expected a folder or REPO[@REV]",
                "learning_rate           | 'learning_rate' is not a setting, expected key=value",
            })
    void aWrongValueIsRefusedByKeyValueAndExpectation(String override, String message) throws IOException {
        Path yaml = file(minimal(""));
        assertUsage(() -> sft(yaml, override), message);
    }

    @Test
    void aWrongValueInTheFileNamesTheFile() throws IOException {
        Path yaml = file(minimal("temperature: [1]\n").replace("temperature", "warmup_ratio"));
        assertUsage(() -> sft(yaml), yaml.toString(), "warmup_ratio is [1]", "a number from 0 to 1");
        Path date = file(minimal("init_adapter: 2026_01_02\n"));
        assertUsage(() -> sft(date), "init_adapter is 20260102, expected a folder or REPO[@REV] (in quotes");
        Path empty = file(minimal("weight_decay:\n"));
        assertUsage(() -> sft(empty), "weight_decay is empty");
    }

    @Test
    void whatIsMissingIsNamed() throws IOException {
        Path yaml = file("model: m\n");
        assertUsage(() -> sft(yaml), yaml.toString(), "is missing", "role=…");
        assertUsage(() -> ConfigReader.read(Stage.GRPO, Optional.empty(), List.of()), "nla train grpo", "missing");
        assertUsage(() -> sft(folder.resolve("absent.yaml")), "absent.yaml cannot be read");
    }

    @Test
    void brokenYamlIsRefusedByLine() throws IOException {
        Path twice = file("model: a\nseed: 1\nseed: 2\n");
        assertUsage(() -> sft(twice), twice.toString(), "line 3", "seed");
        Path broken = file("model: [a\nseed: 1\n");
        assertUsage(() -> sft(broken), broken.toString(), "is not YAML");
        Path list = file("- a\n- b\n");
        assertUsage(() -> sft(list), "holds no settings");
    }

    @Test
    void aFileOfAnotherStageIsRefused() throws IOException {
        Path yaml = file("stage: hardneg\n");
        assertUsage(() -> sft(yaml), "stage is hardneg, but this is nla train sft: use nla train hardneg");
        assertUsage(() -> ConfigReader.stageOf(file("stage: rl\n")), "stage is 'rl', expected one of sft");
        assertUsage(() -> ConfigReader.stageOf(file("seed: 1\n")), "stage is missing");
    }

    @Test
    void onlySettingsThatDecideTheCourseCountAsDifferencesOnResume() throws IOException {
        Path yaml = file(minimal(""));
        SftConfig before = sft(yaml);
        assertThat(ConfigWriter.differences(before, sft(yaml, "save_steps=7", "threads=1")))
                .isEmpty();
        assertThat(ConfigWriter.differences(before, sft(yaml, "seed=1", "lora_r=4")))
                .containsExactly("seed: 0 → 1", "lora_r: 16 → 4");
    }

    private SftConfig sft(Path yaml, String... overrides) {
        return (SftConfig) ConfigReader.read(Stage.SFT, Optional.of(yaml), List.of(overrides));
    }

    private GrpoConfig grpo(Stage stage, String... overrides) {
        List<String> all = Stream.concat(required(stage).stream(), Arrays.stream(overrides))
                .toList();
        return (GrpoConfig) ConfigReader.read(stage, Optional.empty(), all);
    }

    private static List<String> required(Stage stage) {
        return SettingTable.of(stage).settings().stream()
                .filter(SettingInfo::required)
                .map(setting -> setting.key() + "=" + (setting.key().equals("role") ? "verbalizer" : "x"))
                .toList();
    }

    private static String minimal(String more) {
        return "model: m\ndata: d\noutput_dir: o\nrole: verbalizer\n" + more;
    }

    private Path file(String text) throws IOException {
        return Files.writeString(Files.createTempFile(folder, "config", ".yaml"), text);
    }

    private static void assertUsage(org.assertj.core.api.ThrowableAssert.ThrowingCallable call, String... parts) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        InputException.class, e -> assertThat(e.kind()).isEqualTo(InputException.Kind.USAGE))
                .message()
                .contains(parts)
                .doesNotContain("\n");
    }
}
