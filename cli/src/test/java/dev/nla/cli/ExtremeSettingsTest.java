package dev.nla.cli;

import static dev.nla.cli.TinyRuns.succeeded;
import static dev.nla.cli.TinyRuns.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nla.model.files.AtomicFiles;
import dev.nla.train.config.SettingInfo;
import dev.nla.train.config.SettingTable;
import dev.nla.train.config.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Protects training from its own settings: with each number at the ends of what can be written, a step is trained in time or refused in
 * words.
 */
@Tag("abuse")
@TestInstance(Lifecycle.PER_CLASS)
class ExtremeSettingsTest {
    private static final List<String> EXTREMES = List.of("2147483647", "9223372036854775807", "1e308", "1e-308", "NaN");

    /** Asked for more steps, a run makes more steps, for as long as it takes. */
    private static final Set<String> AS_MUCH_AS_ASKED = Set.of("max_steps=2147483647", "num_iterations=2147483647");

    private static final Path TARGET = Path.of(System.getProperty("nla.root"), "cli", "target", "abuse");

    @TempDir
    static Path folder;

    private final Campaign campaign = new Campaign("extreme-settings");
    private TinyRuns runs;

    /** What is trained, with every part that a number belongs to at work. */
    enum Trained {
        VERBALIZER(Stage.SFT),
        RECONSTRUCTOR(Stage.SFT),
        GRPO(Stage.GRPO),
        HARDNEG(Stage.HARDNEG),
        LM(Stage.LM);

        private final Stage stage;

        Trained(Stage stage) {
            this.stage = stage;
        }
    }

    @BeforeAll
    void makeWhatStagesStartFrom() throws IOException {
        runs = TinyRuns.in(folder);
        succeeded(runs.extract("--output", runs.at("data")));
        succeeded(runs.reconstructor("max_steps=1"));
        succeeded(runs.verbalizer("max_steps=1"));
        List<String> lines = new ArrayList<>();
        for (String line : Files.readAllLines(runs.at("texts.jsonl"))) {
            String split = lines.size() % 4 == 0 ? "validation" : "train";
            lines.add(line.replaceFirst("\\{", "{\"split\": \"" + split + "\", "));
        }
        Files.write(runs.at("conversations.jsonl"), lines);
    }

    @ParameterizedTest
    @EnumSource
    void aStepIsTrainedOrRefused(Trained trained) {
        Path output = runs.at("output");
        List<String> faults = new ArrayList<>();
        succeeded(train(trained, "output_dir=" + output));
        AtomicFiles.deleteTree(output);
        for (SettingInfo setting : SettingTable.of(trained.stage).settings()) {
            if (!isNumber(setting)) {
                continue;
            }
            for (String extreme : EXTREMES) {
                String given = setting.key() + "="
                        + (setting.javaType().getTypeName().contains("Map<") ? "{q_proj: " + extreme + "}" : extreme);
                String attempt = trained + " " + given;
                if (AS_MUCH_AS_ASKED.contains(given) || !Campaign.drawn(attempt)) {
                    continue;
                }
                Outcome outcome = Campaign.within(attempt, () -> train(trained, "output_dir=" + output, given));
                Campaign.fault(outcome).ifPresent(fault -> faults.add(attempt + ": " + fault));
                campaign.count(outcome.code() == 0 ? "trained" : "refused");
                AtomicFiles.deleteTree(output);
            }
        }
        assertThat(faults).isEmpty();
    }

    private static boolean isNumber(SettingInfo setting) {
        return setting.javaType()
                .getTypeName()
                .matches("(.*\\W)?(int|long|double|OptionalInt|OptionalDouble|Integer>|Double>)");
    }

    @AfterAll
    void tell() {
        campaign.finish(TARGET);
    }

    private Outcome train(Trained trained, Object... more) {
        Object[] all = with(
                more,
                "max_steps=1",
                "per_device_train_batch_size=2",
                "max_eval_rows=21",
                "samples_per_eval=1",
                "warmup_steps=1");
        return switch (trained) {
            case VERBALIZER -> runs.verbalizer(with(all, "lora_dropout=0.1"));
            case RECONSTRUCTOR ->
                runs.reconstructor(with(
                        all, "lora_dropout=0.1", "cosine_weight=1", "centered_cosine_weight=1", "raw_mse_weight=1"));
            case GRPO, HARDNEG ->
                runs.policy(
                        trained.stage.text(),
                        with(
                                all,
                                "num_generations=2",
                                "max_completion_length=12",
                                "reconstructor_mode=ema",
                                "info_nce_weight=1",
                                "sft_weight=1",
                                "delta=3",
                                "repetition_weight=1",
                                "length_weight=1",
                                "round_trip_weight=1"));
            case LM -> runs.train("lm", with(all, "data=" + runs.at("conversations.jsonl")));
        };
    }
}
