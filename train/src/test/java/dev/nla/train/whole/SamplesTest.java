package dev.nla.train.whole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nla.data.digest.Sha256;
import dev.nla.train.config.TrainConfig;
import dev.nla.train.run.TrainingListener;
import dev.nla.train.testing.RunFiles;
import dev.nla.train.testing.TinyWorld;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Protects that samples come last and cost nothing: checkpoint and adapter are there before them, and a run that goes on writes those that lack. */
class SamplesTest {
    private static final String[] SETTINGS = {
        "max_steps=4", "eval_steps=2", "save_steps=2", "samples_per_eval=3", "per_device_train_batch_size=4"
    };

    @TempDir
    private Path folder;

    /** Stands for a process that is killed. */
    private static final class Killed extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    @ParameterizedTest
    @CsvSource({"true, 1", "true, 3", "true, 4", "true, 6", "false, 2", "false, 5"})
    void whateverSampleARunIsKilledInNothingIsLost(boolean verbalizer, int sample) throws IOException {
        TinyWorld world = TinyWorld.fresh(folder);
        TinyWorld.train(config(world, verbalizer, "straight"));
        RunFiles straight = world.run("straight");
        List<String> heard = new ArrayList<>();
        RunFiles killed = world.run("killed");
        assertThatThrownBy(() -> TinyWorld.train(config(world, verbalizer, "killed"), new TrainingListener() {
                    private int samples;

                    @Override
                    public void onSample(int number, int count) {
                        heard.add(number + "/" + count);
                        if (++samples == sample) {
                            throw new Killed();
                        }
                    }
                }))
                .isInstanceOf(Killed.class);
        assertThat(heard).hasSize(sample).contains("1/3");
        assertThat(killed.checkpoint(sample > 3 ? 4 : 2))
                .as("saved before its samples")
                .isDirectory();
        if (sample > 3) {
            assertThat(adapter(killed)).isEqualTo(adapter(straight));
        }
        heard.clear();
        TinyWorld.train(config(world, verbalizer, "killed"), new TrainingListener() {
            @Override
            public void onSample(int number, int count) {
                heard.add(number + "/" + count);
            }
        });
        assertThat(heard).as("only those that lack").hasSize(6 - sample + 1);
        assertThat(killed.folder().resolve("samples.jsonl"))
                .hasSameTextualContentAs(straight.folder().resolve("samples.jsonl"));
        assertThat(Files.readAllLines(killed.folder().resolve("samples.jsonl"))).hasSize(6);
        assertThat(adapter(killed)).isEqualTo(adapter(straight));
        assertThat(killed.folder().resolve("metrics.jsonl"))
                .hasSameTextualContentAs(straight.folder().resolve("metrics.jsonl"));
    }

    @Test
    void aFinishedRunThatIsStartedAgainWritesNoneTwice() throws IOException {
        TinyWorld world = TinyWorld.fresh(folder);
        TinyWorld.train(config(world, true, "run"));
        String once = Files.readString(world.run("run").folder().resolve("samples.jsonl"));
        TinyWorld.train(config(world, true, "run"));
        assertThat(world.run("run").folder().resolve("samples.jsonl")).hasContent(once);
    }

    private static Map<String, String> adapter(RunFiles run) {
        Map<String, String> files = new TreeMap<>();
        run.bytes("adapter")
                .forEach((name, bytes) ->
                        files.put(name, HexFormat.of().formatHex(Sha256.digest().digest(bytes))));
        return files;
    }

    private static TrainConfig config(TinyWorld world, boolean verbalizer, String name) {
        return verbalizer ? world.verbalizer(name, SETTINGS) : world.reconstructor(name, SETTINGS);
    }
}
