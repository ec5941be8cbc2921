package dev.nla.cli;

import static dev.nla.cli.TinyRuns.succeeded;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nla.model.decoder.ComputeType;
import dev.nla.model.decoder.Decoder;
import dev.nla.model.lora.LoraAdapter;
import dev.nla.model.lora.LoraSpec;
import dev.nla.model.lora.PeftFolder;
import dev.nla.model.lora.Projection;
import dev.nla.model.safetensors.DType;
import dev.nla.model.testing.Fixtures;
import dev.nla.model.testing.Peers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Protects merged checkpoints outside of this program: transformers loads them, shards, tied heads and tokenizer and all, and computes and
 * says the same as with base and adapter under peft.
 */
@Tag("peers")
class MergeParityTest {
    @TempDir
    private Path folder;

    private static Peers peers;

    @BeforeAll
    static void find() {
        peers = Peers.installed();
    }

    @ParameterizedTest
    @ValueSource(strings = {"llama", "qwen2", "qwen3"})
    void everyFamilyMergesAsInPeft(String family) {
        assertSame(Fixtures.golden(family), Fixtures.golden(family + "/adapter"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"llama", "qwen2"})
    void checkpointsInShardsToo(String family) {
        Path base = folder.resolve("shards");
        peers.run(PythonScript.in(folder, "shards.py"), Fixtures.golden(family), base, "150KB");
        assertThat(base.resolve("model.safetensors.index.json")).exists();
        assertSame(base, Fixtures.golden(family + "/adapter"));
        assertThat(folder.resolve("merged/model.safetensors.index.json")).exists();
        assertThat(Files.exists(folder.resolve("merged/model.safetensors"))).isFalse();
    }

    @Test
    void anAdapterMadeHereForARealModel() {
        Path model = Fixtures.smollm2();
        Path adapter = folder.resolve("adapter");
        LoraSpec spec = LoraSpec.of(8, 16, 0, EnumSet.allOf(Projection.class));
        try (Decoder decoder = Decoder.load(model, ComputeType.FLOAT32);
                LoraAdapter made = RandomAdapter.of(decoder, spec, false)) {
            adapter.toFile().mkdirs();
            PeftFolder.write(adapter, made, model.toString(), DType.F32);
        }
        assertSame(model, adapter, "--dtype", "float32");
    }

    private void assertSame(Path base, Path adapter, Object... more) {
        Path merged = folder.resolve("merged");
        List<Object> line = new ArrayList<>(List.of("adapter", "merge", adapter, "--model", base, "--output", merged));
        line.addAll(List.of(more));
        succeeded(Outcome.of(line.toArray()));
        List<String> said = peers.run(PythonScript.in(folder, "merged.py"), base, adapter, merged);
        System.out.println("parity: merged checkpoint: logits differ by " + said.get(0) + " of " + said.get(1));
        assertThat(Double.parseDouble(said.get(0))).isLessThan(1e-4 * Double.parseDouble(said.get(1)));
        assertThat(said.get(2)).as("same greedy tokens").isEqualTo("True");
    }
}
