package dev.nla.train.parts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import dev.nla.model.adapter.ReconstructorFolder;
import dev.nla.model.adapter.VerbalizerFolder;
import dev.nla.model.decoder.Mode;
import dev.nla.model.lora.LoraAdapter;
import dev.nla.model.lora.LoraSpec;
import dev.nla.model.reconstructor.Reconstructor;
import dev.nla.model.verbalizer.Verbalizer;
import dev.nla.model.workers.PartWork;
import dev.nla.model.workers.Parts;
import dev.nla.model.workers.Workers;
import dev.nla.train.config.SftConfig;
import dev.nla.train.descriptions.DescriptionLoss;
import dev.nla.train.descriptions.Descriptions;
import dev.nla.train.run.order.StepSeeds;
import dev.nla.train.session.TrainingInputs;
import dev.nla.train.testing.TinyWorld;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Protects that parts may be worked on anywhere and in any order: what becomes of one depends on the weights and on the part alone, dropout
 * included, and gradients added up in the order of the parts are those that torch accumulates, to the last digit.
 */
class PartsTest {
    @TempDir
    private Path folder;

    private final List<AutoCloseable> opened = new ArrayList<>();
    private TinyWorld world;
    private TrainingInputs inputs;

    @BeforeEach
    void open() {
        world = TinyWorld.trained(folder);
        SftConfig config = world.verbalizer("none");
        inputs = TrainingInputs.open(config.run(), config.report());
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable one : opened) {
            one.close();
        }
        inputs.close();
    }

    @Test
    void gradientsAddUpToWhatTorchAccumulates() {
        Verbalizer verbalizer = verbalizer(0);
        List<DescriptionPart> parts = parts(verbalizer, 1).stream().toList();
        assertThat(parts).hasSizeGreaterThan(3);
        GradientSum sum = new GradientSum(verbalizer.adapter().layout().size());
        double loss = sum.add(Workers.here(), new DescriptionGradient(verbalizer, Mode.TRAINING), parts(verbalizer, 1));
        double expected = 0;
        for (DescriptionPart part : parts) {
            expected += accumulate(verbalizer, part);
        }
        assertThat(loss).isEqualTo(expected).isPositive();
        assertThat(sum.values())
                .isEqualTo(
                        PartGradient.take(0, verbalizer.adapter().parameters()).values())
                .isNotEqualTo(new float[sum.values().length]);
    }

    /** Leaves the gradient in the adapter. */
    private static double accumulate(Verbalizer verbalizer, DescriptionPart part) {
        try (NDManager scope = verbalizer.decoder().manager().newSubManager();
                GradientCollector collector = scope.getEngine().newGradientCollector()) {
            NDArray loss = part.responses()
                    .score(scope, verbalizer, verbalizer.adapter(), 1, false, Mode.TRAINING)
                    .logProbabilities()
                    .sum()
                    .div(scope.create((float) -part.stepTokens()));
            collector.backward(loss);
            return loss.getFloat();
        }
    }

    @Test
    void aPartsGradientIsTheSameWhateverWasWorkedOnBefore() {
        Verbalizer verbalizer = verbalizer(0.3);
        DescriptionGradient work = new DescriptionGradient(verbalizer, Mode.TRAINING);
        List<float[]> forwards = values(Workers.here().all(work, parts(verbalizer, 1)));
        List<DescriptionPart> reversed =
                new ArrayList<>(parts(verbalizer, 1).stream().toList());
        Collections.reverse(reversed);
        List<float[]> backwards = values(Workers.here().all(work, Parts.of(reversed, part -> part)));
        Collections.reverse(backwards);
        assertThat(backwards).containsExactlyElementsOf(forwards);
        assertThat(values(Workers.here().all(work, parts(verbalizer, 2))).get(0))
                .as("with what another seed drops")
                .isNotEqualTo(forwards.get(0));
    }

    @Test
    void eachPartOfAStepDropsNumbersOfItsOwn() {
        assertThat(parts(verbalizer(0.3), 1).stream().map(DescriptionPart::seed))
                .doesNotHaveDuplicates();
    }

    @Test
    void aPartIsBuiltWhenItIsWorkedOnAndTheSameEachTime() {
        List<String> done = new ArrayList<>();
        Parts<Integer> parts = Parts.of(3, i -> {
            done.add("built " + i);
            return i;
        });
        PartWork<Integer, Integer> work = part -> {
            done.add("worked on " + part);
            return part;
        };
        assertThat(done).isEmpty();
        assertThat(Workers.here().all(work, parts)).containsExactly(0, 1, 2);
        assertThat(done).containsExactly("built 0", "worked on 0", "built 1", "worked on 1", "built 2", "worked on 2");
        Parts<DescriptionPart> ofStep = parts(verbalizer(0.3), 1);
        assertThat(ofStep.stream().map(DescriptionPart::seed).toList())
                .isEqualTo(ofStep.stream().map(DescriptionPart::seed).toList())
                .hasSize(ofStep.count());
    }

    @Test
    void blocksOfTextsAreWorkedOnInAnyOrder() {
        Reconstructor reconstructor = ReconstructorFolder.read(
                        world.home().resolve("reconstructor/adapter"),
                        inputs.decoder(),
                        inputs.data().tokenizer())
                .reconstructor();
        opened.add(reconstructor.adapter());
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < 80; i++) {
            texts.add(
                    inputs.data().row(i % inputs.data().dataset().rows().size()).description() + " x".repeat(i % 5));
        }
        List<List<String>> blocks = reconstructor.blocks(texts);
        assertThat(blocks).hasSizeGreaterThan(1);
        assertThat(blocks.stream().flatMap(List::stream))
                .doesNotHaveDuplicates()
                .containsAll(texts);
        float[][] all = reconstructor.reconstruct(texts);
        List<List<String>> reversed = new ArrayList<>(blocks);
        Collections.reverse(reversed);
        for (List<String> block : reversed) {
            float[][] vectors = reconstructor.vectors(block);
            for (int i = 0; i < vectors.length; i++) {
                assertThat(vectors[i]).isEqualTo(all[texts.indexOf(block.get(i))]);
            }
        }
    }

    @Test
    void aGradientOfOtherParametersIsNoPartOfTheSum() {
        assertThatThrownBy(() -> new GradientSum(3).add(new PartGradient(1, new float[2])))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("2 numbers for 3 parameters");
    }

    private static List<float[]> values(List<PartGradient> gradients) {
        return new ArrayList<>(gradients.stream().map(PartGradient::values).toList());
    }

    private Parts<DescriptionPart> parts(Verbalizer verbalizer, long seed) {
        DescriptionLoss loss = new DescriptionLoss(
                inputs.data(),
                verbalizer,
                Mode.TRAINING,
                Descriptions.of(inputs.data(), Optional.empty(), text -> Optional.empty()),
                new MicroBatches(4, 60),
                1000,
                "none");
        int[] rows = Arrays.copyOf(inputs.data().trainRows(), 15);
        return loss.parts(rows, loss.tokens(rows), 1, new StepSeeds(seed).ofParts(3, "dropout 0"));
    }

    private Verbalizer verbalizer(double dropout) {
        VerbalizerFolder read = VerbalizerFolder.read(
                world.home().resolve("verbalizer/adapter"),
                inputs.decoder(),
                inputs.data().tokenizer());
        opened.add(read.verbalizer().adapter());
        LoraAdapter like = read.verbalizer().adapter();
        LoraSpec spec = like.spec();
        LoraAdapter adapter = LoraAdapter.of(
                inputs.decoder().manager(),
                inputs.decoder().config(),
                new LoraSpec(
                        spec.rank(),
                        spec.alpha(),
                        dropout,
                        spec.rsLora(),
                        spec.modules(),
                        spec.rankPattern(),
                        spec.alphaPattern()),
                false,
                like.parameters().toFloatArray());
        opened.add(adapter);
        adapter.requireGradient(true);
        Verbalizer verbalizer = read.verbalizer();
        return new Verbalizer(
                verbalizer.decoder(), adapter, verbalizer.prompt(), verbalizer.injection(), verbalizer.format());
    }
}
