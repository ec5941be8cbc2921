package dev.nla.cli;

import static dev.nla.cli.TinyRuns.succeeded;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nla.data.dataset.ActivationDataset;
import dev.nla.data.dataset.LabelledActivation;
import dev.nla.data.dataset.Row;
import dev.nla.data.dataset.Split;
import dev.nla.data.testing.TinyDataset;
import dev.nla.model.gap.CenteringMean;
import dev.nla.model.gap.Cosine;
import dev.nla.model.testing.Fixtures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Protects that activations at first tokens, which are far longer than all others, are skipped, and told where they are there. */
class FirstTokensTest {
    private static final int FAR = 6;

    @TempDir
    static Path folder;

    private static TinyRuns runs;
    private static Path far;

    @BeforeAll
    static void write() throws IOException {
        runs = TinyRuns.in(folder);
        List<LabelledActivation> rows = new ArrayList<>(TinyDataset.rows());
        for (int i = 0; i < FAR; i++) {
            float[] sink = new float[rows.get(i).activation().length];
            sink[3] = 5000 + i;
            rows.set(i, new LabelledActivation(rows.get(i).row(), sink));
        }
        far = TinyDataset.write(folder.resolve("far"), rows, TinyDataset.LAYER);
    }

    private static int leastPosition(Path dataset) {
        try (ActivationDataset data = ActivationDataset.open(dataset)) {
            return data.rows().stream().mapToInt(Row::position).min().orElseThrow();
        }
    }

    @Test
    void rawTextsAreReadFromTheirSecondTokenOnAndChatsFromTheirFirst() throws IOException {
        Object[] raw = {"--prompt", "raw", "--position", "all", "--output"};
        succeeded(runs.extract(TinyRuns.with(new Object[] {folder.resolve("raw")}, raw)));
        succeeded(runs.extract(TinyRuns.with(new Object[] {folder.resolve("raw0"), "--skip-first", 0}, raw)));
        succeeded(runs.extract(TinyRuns.with(new Object[] {folder.resolve("raw3"), "--skip-first", 3}, raw)));
        int first = leastPosition(folder.resolve("raw0"));
        assertThat(leastPosition(folder.resolve("raw"))).isEqualTo(first + 1);
        assertThat(leastPosition(folder.resolve("raw3"))).isEqualTo(first + 3);
        succeeded(runs.extract("--output", folder.resolve("chat"), "--position", "all"));
        succeeded(runs.extract("--output", folder.resolve("chat0"), "--position", "all", "--skip-first", 0));
        for (String file : new String[] {"rows.jsonl", "activations.safetensors"}) {
            assertThat(folder.resolve("chat").resolve(file)).hasSameBinaryContentAs(folder.resolve("chat0/" + file));
        }
        assertThat(Files.readString(folder.resolve("raw/nla_meta.yaml"))).contains("skip_first: 1");
        assertThat(Files.readString(folder.resolve("chat/nla_meta.yaml"))).doesNotContain("skip_first");
        assertThat(succeeded(Outcome.of("data", "inspect", folder.resolve("raw")))
                        .out())
                .contains("all tokens of raw prompts, the first 1 skipped");
    }

    @Test
    void textsWithNothingLeftAreCountedAndAllOfThemAreAnError() throws IOException {
        Path texts = Files.writeString(
                folder.resolve("short.jsonl"),
                "{\"id\": \"a\", \"text\": \"x\"}\n{\"id\": \"b\", \"text\": \"some words\"}\n");
        Outcome some = succeeded(extract(texts, "last", 1));
        assertThat(some.out()).contains("1 activations", "1 texts give no row", "--skip-first 1");
        Outcome none = extract(texts, "all", 40);
        assertThat(none.code()).isEqualTo(1);
        assertThat(none.err())
                .contains("none of 2 texts has a token left after --skip-first 40")
                .hasLineCount(1);
        Outcome wrong = extract(texts, "all", -1);
        assertThat(wrong.code()).isEqualTo(2);
        assertThat(wrong.err()).contains("--skip-first -1");
    }

    private static Outcome extract(Path texts, String position, int skipFirst) {
        return Outcome.of(
                "data",
                "extract",
                "--model",
                runs.at("model"),
                "--texts",
                texts,
                "--layer",
                2,
                "--prompt",
                "raw",
                "--position",
                position,
                "--skip-first",
                skipFirst,
                "--output",
                folder.resolve("short-" + position + skipFirst));
    }

    @Test
    void rowsFarFromTheOthersAreToldByInspectTrainAndEval() {
        String told = FAR + " of 72 rows have more than 10 times the median norm (up to 5005, median";
        assertThat(succeeded(Outcome.of("data", "inspect", far)).err()).contains("nla: warning: ", told);
        String trained = "train split: " + FAR + " of 40 rows have more than 10 times the median norm";
        assertThat(succeeded(runs.reconstructor("data=" + far, "--dry-run")).err())
                .contains(trained);
        assertThat(succeeded(runs.reconstructor("data=" + far, "max_steps=1")).err())
                .contains("warning: ", trained);
        Outcome evaluated = succeeded(Outcome.of(
                "eval",
                "gap",
                "--model",
                runs.at("model"),
                "--data",
                far,
                "--split",
                "validation",
                "--reconstructor",
                runs.at("ar/adapter"),
                "--descriptions",
                descriptions()));
        assertThat(evaluated.err()).contains("nla: warning: " + far + ": " + trained);
        assertThat(succeeded(Outcome.of("data", "inspect", sound())).err()).isEmpty();
    }

    private static Path sound() {
        return TinyDataset.write(folder.resolve("sound"));
    }

    /** Any description of each validation row. */
    private static Path descriptions() {
        List<String> lines = TinyDataset.rows().stream()
                .map(LabelledActivation::row)
                .filter(row -> row.split() == Split.VALIDATION)
                .map(row -> "{\"id\": \"%s\", \"description\": \"%s\"}".formatted(row.id(), row.description()))
                .toList();
        try {
            return Files.write(folder.resolve("said.jsonl"), lines);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void aMeanOfFewRowsIsTold() {
        Path few = TinyDataset.write(folder.resolve("few"), TinyDataset.rows().subList(15, 72), TinyDataset.LAYER);
        assertThat(succeeded(Outcome.of("data", "inspect", few)).err())
                .contains("nla: warning: the mean rests on few rows (25, as good as");
    }

    /** SmolLM2's first tokens are a hundred times longer than its others; with the defaults none of them is in the dataset or its mean. */
    @Test
    @Tag("real")
    void firstTokensOfARealModelDoNotCarryTheMean() throws IOException {
        List<String> corpus = Files.readAllLines(Fixtures.corpus());
        Path texts = Files.write(
                folder.resolve("real.jsonl"),
                IntStream.range(0, 60).mapToObj(i -> corpus.get(i * 80)).toList());
        Outcome whole = real(texts, "whole", "--skip-first", 0);
        assertThat(whole.err()).contains("rows have more than 10 times the median norm", "--skip-first");
        assertThat(real(texts, "skipped").err()).doesNotContain("warning");
        try (ActivationDataset data = ActivationDataset.open(folder.resolve("whole"))) {
            CenteringMean mean = data.centering(Split.TRAIN);
            assertThat(mean.largestNorm()).isGreaterThan(100 * mean.medianNorm());
            float[] longest = IntStream.of(data.rowsOf(Split.TRAIN))
                    .mapToObj(data::activation)
                    .max(Comparator.comparingDouble(FirstTokensTest::norm))
                    .orElseThrow();
            assertThat(Cosine.raw().between(mean.vector(), longest)).isLessThan(0.8f);
        }
        try (ActivationDataset data = ActivationDataset.open(folder.resolve("skipped"))) {
            CenteringMean mean = data.centering(Split.TRAIN);
            assertThat(mean.leftOut()).isZero();
            assertThat(mean.largestNorm()).isLessThan(3 * mean.medianNorm());
        }
    }

    private static double norm(float[] vector) {
        double sum = 0;
        for (float value : vector) {
            sum += (double) value * value;
        }
        return Math.sqrt(sum);
    }

    private static Outcome real(Path texts, String name, Object... more) {
        return succeeded(Outcome.of(TinyRuns.with(
                more,
                "data",
                "extract",
                "--model",
                Fixtures.smollm2(),
                "--texts",
                texts,
                "--layer",
                15,
                "--prompt",
                "raw",
                "--position",
                "sample:4",
                "--output",
                folder.resolve(name))));
    }
}
