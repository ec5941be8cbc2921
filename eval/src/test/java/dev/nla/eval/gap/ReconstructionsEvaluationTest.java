package dev.nla.eval.gap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.nla.eval.rows.NearestRows;
import dev.nla.model.InputException;
import dev.nla.model.gap.Form;
import dev.nla.model.gap.NegativeRule;
import dev.nla.model.safetensors.SafetensorsFile;
import dev.nla.model.safetensors.SafetensorsWriter;
import dev.nla.model.safetensors.TensorToWrite;
import dev.nla.model.stats.DocumentBootstrap;
import dev.nla.model.testing.Fixtures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scores files of vectors as the golden values have it, completes what a file lacks, and refuses each malformed file in one line. */
class ReconstructionsEvaluationTest {
    private static final Path GOLDEN = Fixtures.golden("gap/gap.safetensors");
    private static final NearestRows NEVER = (inputs, form) -> {
        throw new AssertionError("the file has its neighbours");
    };

    @TempDir
    private Path folder;

    @Test
    void theGoldenFileGivesTheGoldenGap() throws IOException {
        JsonNode golden =
                new ObjectMapper().readTree(Fixtures.golden("gap/gap.json").toFile());
        GapReport report = evaluation(NEVER).evaluate(GOLDEN);
        assertThat(report.texts()).isEqualTo(200);
        assertThat(report.samplesPerText()).isEqualTo(4);
        for (Form form : Form.values()) {
            JsonNode expected = golden.get(form.key());
            assertThat(report.gap(form, NegativeRule.THREE_OF_TWENTY).gap())
                    .isCloseTo(expected.get("gap_3").asDouble(), within(1e-6));
            assertThat(report.gap(form, NegativeRule.ALL_TWENTY).gap())
                    .isCloseTo(expected.get("gap_20").asDouble(), within(1e-6));
        }
        assertThat(report.fve().nrm()).isCloseTo(golden.get("fve_nrm").asDouble(), within(1e-6));
        assertThat(report.controls()).containsOnlyKeys("shuffled", "mean_guess", "retrieval");
        assertThat(report.provenance())
                .containsEntry("negatives", Map.of("legacy", given(), "centered", given()))
                .containsEntry("mean", "of the activations")
                .containsEntry("bootstrap_resamples", 300);
    }

    @Test
    void missingNeighboursAreTheOnesTheGoldenFileHas() {
        Path bare = write(only("activations", "reconstructions"));
        ReconstructionsFile read = ReconstructionsFile.read(bare);
        ReconstructionsFile golden = ReconstructionsFile.read(GOLDEN);
        for (Form form : Form.values()) {
            int[][] found = exact().of(read.inputs(), form);
            assertThat(found)
                    .isDeepEqualTo(golden.neighbours(form).orElseThrow().rows());
        }
        GapReport report = evaluation(exact()).evaluate(bare);
        GapReport whole = evaluation(NEVER).evaluate(GOLDEN);
        for (Form form : Form.values()) {
            assertThat(report.gap(form, NegativeRule.ALL_TWENTY)).isEqualTo(whole.gap(form, NegativeRule.ALL_TWENTY));
            GapResult drawn = report.gap(form, NegativeRule.THREE_OF_TWENTY);
            assertThat(drawn.gap())
                    .isCloseTo(whole.gap(form, NegativeRule.THREE_OF_TWENTY).gap(), within(0.02));
        }
        assertThat(report.provenance().get("negatives").toString()).contains("drawn by seed", "nearest of the file");
    }

    @Test
    void aMeanGivenIsTheOneSubtracted() {
        List<TensorToWrite> tensors =
                only("activations", "reconstructions", "centered.neighbours", "legacy.neighbours");
        float[] mean = new float[48];
        Arrays.fill(mean, 3);
        tensors.add(TensorToWrite.floats("mean", new long[] {48}, mean));
        GapReport report = evaluation(NEVER).evaluate(write(tensors));
        GapReport own = evaluation(NEVER).evaluate(GOLDEN);
        assertThat(report.provenance()).containsEntry("mean", "given");
        assertThat(report.gap(Form.CENTERED, NegativeRule.ALL_TWENTY).gap())
                .isNotCloseTo(own.gap(Form.CENTERED, NegativeRule.ALL_TWENTY).gap(), within(1e-3));
        assertThat(report.gap(Form.LEGACY, NegativeRule.ALL_TWENTY))
                .isEqualTo(own.gap(Form.LEGACY, NegativeRule.ALL_TWENTY));
    }

    @Test
    void oneReconstructionATextNeedsNoDimensionForIt() {
        List<TensorToWrite> tensors = only("activations");
        tensors.add(TensorToWrite.floats("reconstructions", new long[] {200, 48}, floats("activations")));
        GapReport report = evaluation(exact()).evaluate(write(tensors));
        assertThat(report.samplesPerText()).isEqualTo(1);
        assertThat(report.gap(Form.CENTERED, NegativeRule.ALL_TWENTY).calibrated())
                .isCloseTo(1, within(1e-9));
        assertThat(report.fve().meanNorm()).isCloseTo(1, within(1e-9));
    }

    @Test
    void refusesMalformedFiles() throws IOException {
        refused(folder.resolve("none.safetensors"), "none.safetensors");
        Path text = folder.resolve("text.safetensors");
        Files.writeString(text, "{}");
        refused(text, "text.safetensors");
        refused(write(only("reconstructions")), "activations");
        refused(write(only("activations")), "reconstructions");
        refused(with("activations", new long[] {9600}, 9600), "activations");
        refused(with("activations", new long[] {1, 9600}, 9600), "1 rows, expected at least 2");
        refused(with("activations", new long[] {100, 96}, 9600), "reconstructions", "expected [100, G, 96]");
        refused(with("reconstructions", new long[] {4, 200, 48}, 38400), "[4, 200, 48]", "expected [200, G, 48]");
        refused(with("mean", new long[] {47}, 47), "mean", "[47]");
        refused(with("legacy.neighbours", new long[] {200, 20}, 4000), "legacy.neighbours");
        refused(negatives("legacy.negatives3", 3, 1), "'legacy.negatives3'", "stands there twice");
        refused(negatives("centered.neighbours", 20, 200), "'centered.neighbours'", "200, expected another row");
        refused(negatives("centered.neighbours", 20, 1L << 40), "'centered.neighbours'", "expected another row");
        refused(negatives("centered.neighbours", 19, 5), "centered.neighbours", "[200, 19]");
    }

    @Test
    void refusesBadNumbersAndTooFewRows() {
        List<TensorToWrite> tensors = only("activations");
        float[] reconstructions = floats("reconstructions");
        reconstructions[4 * 48 * 7 + 48 + 5] = Float.NaN;
        tensors.add(TensorToWrite.floats("reconstructions", new long[] {200, 4, 48}, reconstructions));
        refused(write(tensors), "reconstructions[7][1] holds NaN at 5");
        refused(with("reconstructions", new long[] {200, 4, 48}, 38400), "is a zero vector");
        List<TensorToWrite> few = new ArrayList<>();
        float[] rows = Arrays.copyOf(floats("activations"), 10 * 48);
        few.add(TensorToWrite.floats("activations", new long[] {10, 48}, rows));
        few.add(TensorToWrite.floats("reconstructions", new long[] {10, 48}, rows));
        refused(write(few), "20 nearest neighbours need at least 21 rows, here are 10");
    }

    private void refused(Path file, String... parts) {
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> evaluation(exact()).evaluate(file))
                .satisfies(e -> assertThat(e.getMessage())
                        .startsWith(file.toString())
                        .contains(parts)
                        .doesNotContain("\n"));
    }

    private static ReconstructionsEvaluation evaluation(NearestRows nearest) {
        return new ReconstructionsEvaluation(new GapEvaluation(new DocumentBootstrap(300, 7)), nearest);
    }

    private static NearestRows exact() {
        return NearestRows.exact(() -> Engine.getEngine("PyTorch").newBaseManager());
    }

    private static Map<String, Object> given() {
        return Map.of("3_of_20", "given", "all_20", "given");
    }

    /** The golden file with one tensor replaced by zeros of another shape, or added. */
    private Path with(String name, long[] shape, int elements) {
        List<TensorToWrite> tensors = new ArrayList<>(only("activations", "reconstructions"));
        tensors.removeIf(tensor -> tensor.name().equals(name));
        tensors.add(TensorToWrite.floats(name, shape, new float[elements]));
        return write(tensors);
    }

    private Path negatives(String name, int width, long everywhere) {
        List<TensorToWrite> tensors = only("activations", "reconstructions");
        long[] values = new long[200 * width];
        Arrays.fill(values, everywhere);
        tensors.add(TensorToWrite.longs(name, new long[] {200, width}, values));
        return write(tensors);
    }

    private static List<TensorToWrite> only(String... names) {
        List<TensorToWrite> tensors = new ArrayList<>();
        try (SafetensorsFile golden = SafetensorsFile.open(GOLDEN)) {
            for (String name : names) {
                long[] shape = golden.info(name).shape();
                tensors.add(
                        golden.info(name).dtype().isFloat()
                                ? TensorToWrite.floats(name, shape, golden.floats(name))
                                : TensorToWrite.longs(name, shape, golden.longs(name)));
            }
        }
        return tensors;
    }

    private static float[] floats(String name) {
        try (SafetensorsFile golden = SafetensorsFile.open(GOLDEN)) {
            return golden.floats(name);
        }
    }

    private Path write(List<TensorToWrite> tensors) {
        Path file = folder.resolve("vectors.safetensors");
        SafetensorsWriter.write(file, Map.of(), tensors);
        return file;
    }
}
