package dev.nla.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nla.eval.parity.ParityCheck;
import dev.nla.eval.parity.TensorDifference;
import dev.nla.model.decoder.ComputeType;
import dev.nla.model.decoder.Decoder;
import dev.nla.model.lora.LoraAdapter;
import dev.nla.model.lora.LoraSpec;
import dev.nla.model.lora.PeftFolder;
import dev.nla.model.lora.Projection;
import dev.nla.model.safetensors.DType;
import dev.nla.model.testing.Fixtures;
import dev.nla.model.testing.Peers;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Protects adapters as files: rank-stabilised scaling, patterns of ranks and alphas, and chosen layers mean in peft what they mean here,
 * whichever side wrote them. States, logits, scores, gradients and greedy tokens of a real model are compared.
 */
@Tag("peers")
class PeftAdapterParityTest {
    private static final double TOLERANCE = 1e-3;

    @TempDir
    private Path folder;

    private static Peers peers;
    private static Path model;
    private static Decoder decoder;

    @BeforeAll
    static void load() {
        peers = Peers.installed();
        model = Fixtures.smollm2();
        decoder = Decoder.load(model, ComputeType.FLOAT32);
    }

    @AfterAll
    static void close() {
        if (decoder != null) {
            decoder.close();
        }
    }

    @Test
    void anAdapterWrittenHereComputesTheSameInPeft() {
        Map<String, Integer> ranks = new LinkedHashMap<>();
        ranks.put("layers.3.self_attn.q_proj", 12);
        ranks.put("down_proj", 2);
        Map<String, Double> alphas = Map.of("layers\\.(2|12)\\.mlp\\.(gate|up)_proj", 24.0);
        LoraSpec spec = new LoraSpec(
                4,
                6,
                0.1,
                true,
                EnumSet.allOf(Projection.class),
                ranks,
                alphas,
                Optional.of(List.of(0, 2, 3, 11, 12, 20, 21, 29)));
        try (LoraAdapter adapter = RandomAdapter.of(decoder, spec, false)) {
            PeftFolder.write(folder, adapter, model.toString(), DType.BF16);
        }
        assertComputesAlike(folder);
    }

    @Test
    void anAdapterWrittenByPeftComputesTheSameHere() {
        Path adapter = folder.resolve("adapter");
        peers.run(PythonScript.in(folder, "peft_adapter.py"), model, adapter);
        assertComputesAlike(adapter);
    }

    private void assertComputesAlike(Path adapterFolder) {
        Path golden = folder.resolve("golden");
        peers.run(
                Fixtures.checkout("scripts/golden.py"),
                "--model",
                model,
                "--adapter",
                adapterFolder,
                "--output",
                golden);
        try (LoraAdapter adapter = PeftFolder.read(adapterFolder, decoder.manager(), decoder.config())) {
            for (TensorDifference found :
                    new ParityCheck(decoder, adapter).run(golden.resolve("injected.safetensors"))) {
                System.out.printf(
                        Locale.ROOT, "parity: %s: %.2e at %s%n", found.tensor(), found.largest(), found.where());
                assertThat(found.within(TOLERANCE)).as("%s", found).isTrue();
            }
        }
    }
}
