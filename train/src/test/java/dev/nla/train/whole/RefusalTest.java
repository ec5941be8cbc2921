package dev.nla.train.whole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nla.data.dataset.LabelledActivation;
import dev.nla.data.dataset.Row;
import dev.nla.data.dataset.Split;
import dev.nla.data.testing.TinyDataset;
import dev.nla.model.InputException;
import dev.nla.train.Training;
import dev.nla.train.config.SftConfig;
import dev.nla.train.config.Stage;
import dev.nla.train.config.TrainConfig;
import dev.nla.train.run.Resume;
import dev.nla.train.run.TrainingListener;
import dev.nla.train.testing.TinyWorld;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Protects users from finding out late: what a run cannot be made of is said in one line before anything is written. */
class RefusalTest {
    @TempDir
    private Path folder;

    @Test
    void aDatasetWithoutASplit() {
        Path data = dataset(row -> row.in(Split.TRAIN));
        assertRefused(
                world().verbalizer("run", "data=" + data),
                "72 rows to train on and 0 validation rows",
                "nla data split");
    }

    @Test
    void aRowWithoutDescription() {
        Path data = dataset(row -> row.id().equals("row-45") ? described(row, " \n") : row);
        assertRefused(world().verbalizer("run", "data=" + data), "row row-45 has no description to learn from");
        assertRefused(world().reconstructor("run", "data=" + data), "row row-45 has no description to learn from");
    }

    @Test
    void aDescriptionWithTheMarkerOrAClosingTagInIt() {
        Path marker = dataset(row -> row.id().equals("row-3") ? described(row, "a ● dot") : row);
        assertRefused(world().verbalizer("run", "data=" + marker), "the description of row row-3 holds '●'");
        assertRefused(world().reconstructor("run", "data=" + marker), "the description of row row-3 holds '●'");
        Path tag = TinyDataset.write(
                folder.resolve("tag"), changed(row -> described(row, "red</explanation>fox")), TinyDataset.LAYER);
        assertRefused(world().verbalizer("run", "data=" + tag), "row row-0 holds '</explanation>'");
    }

    @Test
    void aDescriptionThatIsTooLong() {
        Path data = dataset(row -> row.id().equals("row-7") ? described(row, "long ".repeat(9)) : row);
        assertRefused(
                world().verbalizer("run", "data=" + data), "row row-7 takes 48 tokens", "max_description_tokens (24)");
        assertRefused(
                world().grpo(Stage.GRPO, "run", "data=" + data, "sft_weight=1"),
                "row row-7 takes 48 tokens",
                "max_completion_length (24)");
    }

    @Test
    void moreNeighboursThanRows() {
        assertRefused(
                world().reconstructor("run", "info_nce_weight=1", "info_nce_neighbors=40"),
                "info_nce_neighbors is 40",
                "only 40 rows to train on");
        assertRefused(
                world().grpo(Stage.HARDNEG, "run", "train_rows=20"), "neighbors is 20", "only 20 rows to train on");
        assertRefused(world().grpo(Stage.GRPO, "run", "negatives=40"), "40 negatives a row asked from 39 other rows");
        assertRefused(
                world().grpo(Stage.GRPO, "run", "max_eval_rows=20"),
                "20 validation rows",
                "raise max_eval_rows or add rows");
    }

    @Test
    void activationsOfAnotherModel() {
        List<LabelledActivation> narrow = TinyDataset.rows().stream()
                .map(row -> new LabelledActivation(row.row(), Arrays.copyOf(row.activation(), 32)))
                .toList();
        Path data = TinyDataset.write(folder.resolve("narrow"), narrow, TinyDataset.LAYER);
        assertRefused(world().verbalizer("run", "data=" + data), "width 32", "width 48", "another model");
        Path deep = TinyDataset.write(folder.resolve("deep"), TinyDataset.rows(), 4);
        assertRefused(world().reconstructor("run", "data=" + deep), "layer");
    }

    @Test
    void aMarkerThatIsSeveralTokens() {
        assertRefused(world().verbalizer("run", "marker=㈎"), "'㈎'", "one token");
    }

    @Test
    void aFolderThatHoldsAnotherRun() {
        SftConfig first = world().verbalizer("run", "max_steps=1");
        TinyWorld.train(first);
        Map<String, byte[]> before = world().run("run").bytes("");
        assertThatThrownBy(() -> {
                    try (Training training = Training.open(first)) {
                        training.train(Resume.no(), TrainingListener.silent());
                    }
                })
                .isInstanceOf(InputException.class)
                .hasMessageContaining("already holds a run");
        assertThatThrownBy(() -> TinyWorld.train(world().reconstructor("run", "max_steps=1")))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("role: verbalizer → reconstructor");
        assertThat(world().run("run").bytes("")).containsExactlyInAnyOrderEntriesOf(before);
    }

    private TinyWorld world() {
        return TinyWorld.trained(folder);
    }

    private Path dataset(UnaryOperator<Row> change) {
        return TinyDataset.write(folder.resolve("data"), changed(change), TinyDataset.LAYER);
    }

    private static List<LabelledActivation> changed(UnaryOperator<Row> change) {
        return TinyDataset.rows().stream()
                .map(row -> new LabelledActivation(change.apply(row.row()), row.activation()))
                .toList();
    }

    private static Row described(Row row, String description) {
        return new Row(
                row.id(),
                row.docId(),
                row.text(),
                row.position(),
                row.nRawTokens(),
                row.category(),
                row.group(),
                description,
                row.facts(),
                row.split());
    }

    private static void assertRefused(TrainConfig config, String... parts) {
        assertThatThrownBy(() -> TinyWorld.train(config))
                .isInstanceOf(InputException.class)
                .hasMessageContainingAll(parts)
                .hasMessageNotContaining("\n");
        assertThat(config.run().outputDir()).doesNotExist();
    }
}
