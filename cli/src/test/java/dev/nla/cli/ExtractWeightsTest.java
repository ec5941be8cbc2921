package dev.nla.cli;

import static dev.nla.cli.TinyRuns.succeeded;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Protects extraction from weights that are read block by block: the dataset of weights in memory, and refusals. */
class ExtractWeightsTest {
    @TempDir
    static Path folder;

    private static TinyRuns runs;

    @BeforeAll
    static void write() throws IOException {
        runs = TinyRuns.in(folder);
    }

    @Test
    void theDatasetIsTheSameHoweverTheyAreKept() {
        Outcome held = succeeded(runs.extract("--output", runs.at("held"), "--weights", "held"));
        Outcome auto = succeeded(runs.extract("--output", runs.at("auto")));
        Outcome streamed = succeeded(runs.extract("--output", runs.at("streamed"), "--weights", "streamed"));
        for (String file : new String[] {"rows.jsonl", "activations.safetensors"}) {
            assertThat(runs.at("streamed").resolve(file))
                    .hasSameBinaryContentAs(runs.at("held").resolve(file));
            assertThat(runs.at("auto").resolve(file))
                    .hasSameBinaryContentAs(runs.at("held").resolve(file));
        }
        assertThat(held.err() + auto.err() + streamed.err()).doesNotContain("--weights");
    }

    @Test
    void wordsThatMeanNothingAndWaysThatExcludeEachOtherAreRefused() {
        Outcome word = runs.extract("--output", runs.at("none"), "--weights", "mapped");
        assertThat(word.code()).isEqualTo(2);
        assertThat(word.err()).contains("--weights is 'mapped': give auto, held or streamed");
        Outcome both = runs.extract("--output", runs.at("none"), "--weights", "streamed", "--cluster", "local[1]");
        assertThat(both.code()).isEqualTo(2);
        assertThat(both.err()).contains("--weights streamed", "--cluster");
        assertThat(runs.at("none")).doesNotExist();
    }
}
