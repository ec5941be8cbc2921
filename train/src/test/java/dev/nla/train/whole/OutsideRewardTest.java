package dev.nla.train.whole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.nla.model.InputException;
import dev.nla.train.config.GrpoConfig;
import dev.nla.train.config.Stage;
import dev.nla.train.run.TrainingListener;
import dev.nla.train.testing.RunFiles;
import dev.nla.train.testing.TinyWorld;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Protects rewards from outside: settings name them, training follows them by their weight, and a run that goes on earns the same. */
class OutsideRewardTest {
    private static final String[] SHORT = {
        "max_steps=4", "save_steps=2", "per_device_train_batch_size=4", "max_eval_rows=21", "save_total_limit=0"
    };

    @TempDir
    private Path folder;

    private TinyWorld world;

    @BeforeEach
    void open() {
        world = TinyWorld.trained(folder);
    }

    private static final class Killed extends Error {
        private static final long serialVersionUID = 1L;
    }

    @Test
    void aRunThatGoesOnEarnsTheSame() {
        RunFiles straight = train("straight", "reward_terms={vowels: 2}");
        assertThatThrownBy(() -> TinyWorld.train(config("killed", "reward_terms={vowels: 2}"), new TrainingListener() {
                    @Override
                    public void onCheckpoint(int step, Path checkpoint) {
                        if (step == 2) {
                            throw new Killed();
                        }
                    }
                }))
                .isInstanceOf(Killed.class);
        RunFiles killed = train("killed", "reward_terms={vowels: 2}");
        assertThat(killed.folder().resolve("metrics.jsonl"))
                .hasSameTextualContentAs(straight.folder().resolve("metrics.jsonl"));
        assertSameAdapter(straight, killed);
        assertThat(Arrays.stream(straight.metric("rewards/vowels")).boxed())
                .hasSize(4)
                .allMatch(share -> share > 0 && share < 1);
    }

    @Test
    void weightDecidesWhatIsLearntAndAWeightOfZeroOnlyLogs() {
        RunFiles without = train("without");
        RunFiles logged = train("logged", "reward_terms={vowels: 0}");
        RunFiles followed = train("followed", "reward_terms={vowels: 2}");
        assertThat(without.metric("rewards/vowels")).isEmpty();
        assertThat(logged.metric("rewards/vowels")).hasSize(4);
        assertSameAdapter(without, logged);
        assertThat(followed.metric("reward")[0])
                .as("twice the share of vowels more, over descriptions that can be read")
                .isGreaterThan(logged.metric("reward")[0]);
        assertThat(followed.parameters(2)).isNotEqualTo(logged.parameters(2));
    }

    @Test
    void mayBeAllThatCounts() {
        RunFiles alone = train("alone", "reward=none", "reward_terms={vowels: 1}");
        JsonNode step = alone.lines().stream()
                .filter(line -> line.has("reward"))
                .findFirst()
                .orElseThrow();
        assertThat(step.fieldNames())
                .toIterable()
                .filteredOn(name -> name.startsWith("rewards/"))
                .containsExactlyInAnyOrder("rewards/vowels", "rewards/format");
    }

    @Test
    void settingsThatNameWhatIsNotThereAreRefusedInOneLine() {
        assertRefused("expected one of vowels", "reward_terms={vowel: 1}");
        assertRefused("reward_terms={vowels: -1} on the command line", "reward_terms={vowels: -1}");
        assertRefused("reward is none, expected a weight above 0 in reward_terms", "reward=none");
        assertRefused("reward is none", "reward=none", "reward_terms={vowels: 0}");
    }

    private void assertRefused(String message, String... settings) {
        assertThatThrownBy(() -> config("refused", settings))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("on the command line: re")
                .hasMessageContaining(message)
                .message()
                .doesNotContain("\n");
    }

    private static void assertSameAdapter(RunFiles expected, RunFiles actual) {
        Map<String, byte[]> files = expected.bytes("adapter");
        assertThat(files).containsKey("adapter_model.safetensors");
        files.forEach((file, bytes) ->
                assertThat(actual.bytes("adapter").get(file)).as(file).isEqualTo(bytes));
    }

    private RunFiles train(String name, String... settings) {
        TinyWorld.train(config(name, settings));
        return world.run(name);
    }

    private GrpoConfig config(String name, String... settings) {
        return world.grpo(Stage.GRPO, name, TinyWorld.settings(SHORT, settings));
    }
}
