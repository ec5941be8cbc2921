package dev.nla.train.whole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import dev.nla.data.testing.TinyDataset;
import dev.nla.model.InputException;
import dev.nla.model.adapter.ReconstructorFolder;
import dev.nla.model.adapter.VerbalizerFolder;
import dev.nla.model.decoder.Mode;
import dev.nla.model.lora.LoraAdapter;
import dev.nla.model.reconstructor.Reconstructor;
import dev.nla.model.sidecar.ActivationOrigin;
import dev.nla.model.sidecar.DatasetSidecar;
import dev.nla.model.sidecar.ModelSidecar;
import dev.nla.model.sidecar.Readout;
import dev.nla.model.verbalizer.Verbalizer;
import dev.nla.train.Training;
import dev.nla.train.config.Stage;
import dev.nla.train.config.TrainConfig;
import dev.nla.train.run.TrainingListener;
import dev.nla.train.session.TrainingInputs;
import dev.nla.train.testing.RunFiles;
import dev.nla.train.testing.TinyWorld;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Protects that what training writes is what it trained, and that adapters are used as nothing else. */
class AdapterFoldersTest {
    /** bfloat16 keeps 8 bits of each weight: numbers agree to about 2^-8, and outputs to a few times that. */
    private static final float BFLOAT16 = 1f / 256;

    @TempDir
    private Path folder;

    @Test
    void aWrittenVerbalizerScoresAsTheTrainedOne() {
        TinyWorld world = TinyWorld.trained(folder);
        Path run = world.home().resolve("verbalizer");
        try (TrainingInputs inputs = open(world)) {
            VerbalizerFolder read = VerbalizerFolder.read(
                    run.resolve("adapter"), inputs.decoder(), inputs.data().tokenizer());
            assertThat(read.sidecar().stage()).isEqualTo("sft");
            Verbalizer verbalizer = read.verbalizer();
            assertThat(verbalizer.injection().center()).isEqualTo(inputs.data().mean());
            LoraAdapter trained = trained(inputs, verbalizer.adapter(), new RunFiles(run), TinyWorld.VERBALIZER_STEPS);
            int[] rows = {0, 1, 2, 3};
            List<long[]> responses = List.of("red fox", "old sea", "big pen", "wet cup").stream()
                    .map(verbalizer.format()::response)
                    .toList();
            try (NDManager scope = inputs.decoder().manager().newSubManager()) {
                float[] fromFolder =
                        score(scope, verbalizer, inputs.data().activations(rows), responses, verbalizer.adapter());
                float[] fromTraining = score(scope, verbalizer, inputs.data().activations(rows), responses, trained);
                assertThat(fromFolder).containsExactly(fromTraining, within(20 * BFLOAT16));
                float[] without = score(
                        scope,
                        verbalizer,
                        inputs.data().activations(rows),
                        responses,
                        inputs.decoder().noAdapter());
                assertThat(without[0]).isNotCloseTo(fromTraining[0], within(1f));
            }
        }
    }

    private static float[] score(
            NDManager scope, Verbalizer verbalizer, float[][] activations, List<long[]> responses, LoraAdapter by) {
        return verbalizer
                .score(scope, activations, responses, by, 1, false, Mode.INFERENCE)
                .logProbabilities()
                .toFloatArray();
    }

    @Test
    void aValueHeadIsTrainedAndReadBack() {
        TinyWorld world = TinyWorld.trained(folder);
        TinyWorld.train(world.reconstructor("head", "readout=value_head", "max_steps=12", "lora_r=2"));
        RunFiles run = world.run("head");
        double[] loss = run.metric("loss");
        assertThat(loss[11]).isLessThan(loss[0] / 2);
        assertThat(run.folder().resolve("adapter/value_head.safetensors")).exists();
        try (TrainingInputs inputs = open(world)) {
            Reconstructor read = ReconstructorFolder.read(
                            run.folder().resolve("adapter"),
                            inputs.decoder(),
                            inputs.data().tokenizer())
                    .reconstructor();
            assertThat(read.readOut()).isEqualTo(Readout.VALUE_HEAD);
            LoraAdapter trained = trained(inputs, read.adapter(), run, 12);
            float[] head = trained.parameters()
                    .get(read.adapter().layout().valueHeadOffset() + ":")
                    .toFloatArray();
            assertThat(head).hasSize(48 * 48);
            assertThat(Math.abs(head[1]))
                    .as("off the diagonal of what began as the identity")
                    .isGreaterThan(1e-3f);
            List<String> texts = List.of("red fox", "old sea");
            float[][] fromFolder = read.reconstruct(texts);
            float[][] fromTraining = read.with(trained).reconstruct(texts);
            for (int i = 0; i < texts.size(); i++) {
                assertThat(fromFolder[i])
                        .containsExactly(fromTraining[i], within(20 * BFLOAT16 * largest(fromTraining[i])));
            }
        }
    }

    @Test
    void aPolicyCarriesTheNameOfItsStageAndACriticThatLearntLiesBesideIt() {
        TinyWorld world = TinyWorld.trained(folder);
        TinyWorld.train(
                world.grpo(Stage.HARDNEG, "run", "max_steps=1", "reconstructor_mode=online", "max_eval_rows=21"));
        try (TrainingInputs inputs = open(world)) {
            Path run = world.run("run").folder();
            assertThat(VerbalizerFolder.read(
                                    run.resolve("adapter"),
                                    inputs.decoder(),
                                    inputs.data().tokenizer())
                            .sidecar()
                            .stage())
                    .isEqualTo("hardneg");
            assertThat(ReconstructorFolder.read(
                                    run.resolve("reconstructor"),
                                    inputs.decoder(),
                                    inputs.data().tokenizer())
                            .sidecar()
                            .stage())
                    .isEqualTo("hardneg");
        }
    }

    @Test
    void everyStageCarriesWhichActivationsItWasTrainedOn() {
        TinyWorld world = TinyWorld.trained(folder);
        Path drawn = dataset("drawn", Map.of("prompt", "raw", "position", "sample:4", "skip_first", 1));
        Path silent = world.data();
        Path verbalizer = TinyWorld.train(world.verbalizer("av", "data=" + drawn, "max_steps=1"));
        Path reconstructor = TinyWorld.train(world.reconstructor("ar", "data=" + drawn, "max_steps=1"));
        ActivationOrigin origin = new ActivationOrigin(Optional.of("raw"), Optional.of("sample:4"), 1);
        assertThat(ModelSidecar.read(verbalizer).origin()).isEqualTo(origin);
        assertThat(ModelSidecar.read(reconstructor).origin()).isEqualTo(origin);
        TinyWorld.train(world.grpo(
                Stage.HARDNEG,
                "run",
                "data=" + silent,
                "verbalizer=" + verbalizer,
                "reconstructor=" + reconstructor,
                "max_steps=1",
                "reconstructor_mode=online"));
        Path run = world.run("run").folder();
        assertThat(ModelSidecar.read(run.resolve("adapter")).origin())
                .as("the dataset says nothing, the adapter does")
                .isEqualTo(origin);
        assertThat(ModelSidecar.read(run.resolve("reconstructor")).origin()).isEqualTo(origin);
        Path other = dataset("other", Map.of("prompt", "chat", "position", "last"));
        Path next =
                TinyWorld.train(world.verbalizer("next", "data=" + other, "init_adapter=" + verbalizer, "max_steps=1"));
        assertThat(ModelSidecar.read(next).origin())
                .isEqualTo(new ActivationOrigin(Optional.of("chat"), Optional.of("last"), 0));
    }

    @Test
    void goingOnWithActivationsOfAnotherKindIsTold() {
        TinyWorld world = TinyWorld.trained(folder);
        Path last = dataset("last", Map.of("prompt", "chat", "position", "last"));
        Path verbalizer = TinyWorld.train(world.verbalizer("av", "data=" + last, "max_steps=1"));
        Path drawn = dataset("drawn", Map.of("prompt", "raw", "position", "sample:4", "skip_first", 1));
        List<String> told = new ArrayList<>();
        TrainingListener listener = new TrainingListener() {
            @Override
            public void onWarning(String message) {
                told.add(message);
            }
        };
        TinyWorld.train(
                world.verbalizer("mixed", "data=" + drawn, "init_adapter=" + verbalizer, "max_steps=1"), listener);
        assertThat(told)
                .singleElement()
                .asString()
                .contains("av/adapter was trained on activations at the last token of chat prompts")
                .contains("4 drawn tokens a text of raw prompts", "mixed");
        told.clear();
        TinyWorld.train(
                world.verbalizer("same", "data=" + last, "init_adapter=" + verbalizer, "max_steps=1"), listener);
        assertThat(told).isEmpty();
        try (Training grpo =
                Training.open(world.grpo(Stage.GRPO, "run", "data=" + drawn, "verbalizer=" + verbalizer))) {
            assertThat(grpo.plan().warnings()).hasSize(1);
        }
    }

    private Path dataset(String name, Map<String, Object> extraction) {
        Path data = TinyDataset.write(folder.resolve(name));
        Path file = DatasetSidecar.fileOf(data);
        DatasetSidecar.read(file).with(Map.of("extraction", extraction)).write(file);
        return data;
    }

    @Test
    void theOtherAdapterOfThePairIsRefused() {
        TinyWorld world = TinyWorld.trained(folder);
        Path verbalizer = world.home().resolve("verbalizer/adapter");
        Path reconstructor = world.home().resolve("reconstructor/adapter");
        assertRefused(
                world.grpo(Stage.GRPO, "run", "verbalizer=" + reconstructor), "role is", "other adapter of the pair");
        assertRefused(
                world.grpo(Stage.GRPO, "run", "reconstructor=" + verbalizer), "role is", "other adapter of the pair");
        assertRefused(world.verbalizer("run", "init_adapter=" + reconstructor), "role is");
    }

    @Test
    void anAdapterOfAnotherLayerOrModelIsRefused() throws Exception {
        TinyWorld world = TinyWorld.trained(folder);
        Path otherLayer = TinyDataset.write(folder.resolve("layer1"), TinyDataset.rows(), 1);
        assertRefused(
                world.grpo(Stage.GRPO, "run", "data=" + otherLayer),
                "the av adapter is of layer 2 but the activations are of layer 1");
        Path adapter = world.home().resolve("verbalizer/adapter");
        assertRefused(world.verbalizer("run", "data=" + otherLayer, "init_adapter=" + adapter), "is of layer 2");
        Path copy = Files.createDirectory(folder.resolve("narrow"));
        for (String name : new RunFiles(world.home().resolve("verbalizer"))
                .bytes("adapter")
                .keySet()) {
            Files.copy(adapter.resolve(name), copy.resolve(name));
        }
        Path meta = copy.resolve("nla_meta.yaml");
        Files.writeString(meta, Files.readString(meta).replaceAll("d_model: 48", "d_model: 64"));
        assertRefused(
                world.grpo(Stage.GRPO, "run", "verbalizer=" + copy), "d_model is 64 but the base model's width is 48");
    }

    private static void assertRefused(TrainConfig config, String... parts) {
        assertThatThrownBy(() -> TinyWorld.train(config))
                .isInstanceOf(InputException.class)
                .hasMessageContainingAll(parts)
                .hasMessageNotContaining("\n");
        assertThat(config.run().outputDir()).doesNotExist();
    }

    /** The numbers of a checkpoint in full precision. */
    private static LoraAdapter trained(TrainingInputs inputs, LoraAdapter like, RunFiles run, int step) {
        LoraAdapter adapter = like.copy(inputs.decoder().manager());
        adapter.set(run.parameters(step));
        float[] rounded = like.parameters().toFloatArray();
        float[] full = run.parameters(step);
        for (int i = 0; i < full.length; i++) {
            assertThat(Math.abs(rounded[i] - full[i])).isLessThanOrEqualTo(Math.abs(full[i]) * BFLOAT16);
        }
        return adapter;
    }

    private static float largest(float[] vector) {
        float largest = 0;
        for (float number : vector) {
            largest = Math.max(largest, Math.abs(number));
        }
        return largest;
    }

    private static TrainingInputs open(TinyWorld world) {
        TrainConfig any = world.verbalizer("none");
        return TrainingInputs.open(any.run(), any.report());
    }
}
