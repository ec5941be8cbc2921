package dev.nla.eval.describe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nla.data.kept.WorkInputs;
import dev.nla.model.generation.Completion;
import dev.nla.model.parts.WritingPart;
import dev.nla.model.verbalizer.Description;
import dev.nla.model.verbalizer.Explanation;
import dev.nla.model.workers.Parts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Protects written descriptions: a run that breaks off and is started again has the missing ones written in the same batches, and ends with the same. */
class WriterTest {
    private static final WorkInputs INPUTS = new WorkInputs(Map.of("seed", "3"));
    private static final int AT_ONCE = 100;

    @TempDir
    private Path folder;

    /** Writes what a vector and its seed say, and breaks off in the middle where it is told to. */
    private static final class Scribe implements Describer {
        private final List<Integer> batches = new ArrayList<>();
        private final int most;

        private Scribe(int most) {
            this.most = most;
        }

        @Override
        public void describe(Parts<WritingPart> parts, Consumer<? super List<List<Description>>> written) {
            parts.stream().map(this::describe).forEach(written);
        }

        private List<List<Description>> describe(WritingPart part) {
            if (batches.size() == most) {
                throw new IllegalStateException("broken off");
            }
            float[][] vectors = part.activations();
            batches.add(vectors.length);
            return IntStream.range(0, vectors.length)
                    .mapToObj(i -> List.of(
                            written(vectors[i], part.seeds()[i], true), written(vectors[i], ~part.seeds()[i], false)))
                    .toList();
        }

        private static Description written(float[] vector, long seed, boolean whole) {
            return new Description(
                    "»" + Arrays.toString(vector) + "\n" + seed,
                    whole ? Optional.empty() : Optional.of(Explanation.Defect.UNCLOSED),
                    new Completion(new long[] {seed, 2}, new float[] {-0.1f * vector[0], -1e-7f}, whole));
        }

        @Override
        public int samples() {
            return 2;
        }

        @Override
        public int atOnce() {
            return AT_ONCE;
        }

        @Override
        public TextLoss loss(List<String> descriptions, float[][] vectors, IntConsumer done) {
            throw new UnsupportedOperationException();
        }

        @Override
        public String marker() {
            return "●";
        }
    }

    private static float[][] vectors(int count) {
        return IntStream.range(0, count).mapToObj(i -> new float[] {i / 7f}).toArray(float[][]::new);
    }

    private static String shown(List<List<Description>> written) {
        StringBuilder text = new StringBuilder();
        written.forEach(group -> group.forEach(each -> text.append(each.text())
                .append(each.defect())
                .append(each.completion().stopped())
                .append(Arrays.toString(each.completion().tokens()))
                .append(Arrays.toString(each.completion().logProbabilities()))));
        return text.toString();
    }

    @Test
    void theOthersAreWrittenInTheSameBatchesAndAllIsAsIfUndisturbed() {
        Scribe steady = new Scribe(99);
        String straight = shown(new Writer(steady, 3, KeptDescriptions.inMemory(), EvaluationProgress.NONE)
                .describe("real", vectors(300)));
        assertThat(steady.batches).containsExactly(100, 100, 56, 44);
        Path file = folder.resolve("kept");
        try (KeptDescriptions kept = KeptDescriptions.open(file, INPUTS)) {
            Writer breaking = new Writer(new Scribe(2), 3, kept, EvaluationProgress.NONE);
            assertThatThrownBy(() -> breaking.describe("real", vectors(300))).hasMessage("broken off");
        }
        Scribe next = new Scribe(99);
        List<String> heard = new ArrayList<>();
        try (KeptDescriptions kept = KeptDescriptions.open(file, INPUTS)) {
            Writer writer = new Writer(next, 3, kept, (work, done, total) -> heard.add(work + done + "/" + total));
            assertThat(shown(writer.describe("real", vectors(300)))).isEqualTo(straight);
            assertThat(next.batches).containsExactly(56, 44);
            assertThat(heard).containsExactly("real100/300", "real200/300", "real256/300", "real300/300");
            writer.describe("mean", vectors(1));
            assertThat(next.batches).containsExactly(56, 44, 1);
            kept.delete();
        }
        assertThat(file).doesNotExist();
    }

    @Test
    void aDamagedDescriptionIsWrittenAnew() throws Exception {
        Path file = folder.resolve("kept");
        try (KeptDescriptions kept = KeptDescriptions.open(file, INPUTS)) {
            new Writer(new Scribe(9), 3, kept, EvaluationProgress.NONE).describe("real", vectors(3));
        }
        List<String> lines = new ArrayList<>(Files.readAllLines(file));
        lines.set(2, lines.get(2).replace("\"tokens\":[", "\"tokens\":[\"x\","));
        Files.write(file, lines);
        Scribe next = new Scribe(9);
        try (KeptDescriptions kept = KeptDescriptions.open(file, INPUTS)) {
            new Writer(next, 3, kept, EvaluationProgress.NONE).describe("real", vectors(3));
        }
        assertThat(next.batches).containsExactly(3);
    }
}
