package dev.nla.cli.bench;

import dev.nla.data.dataset.DatasetWriter;
import dev.nla.data.dataset.LabelledActivation;
import dev.nla.data.dataset.Row;
import dev.nla.data.dataset.Split;
import dev.nla.data.text.TextRow;
import dev.nla.model.config.ModelConfig;
import dev.nla.model.files.AtomicFiles;
import dev.nla.model.sidecar.DatasetSidecar;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/** A temporary folder with a dataset of random activations; deleted on closing. */
final class BenchFolder implements AutoCloseable {
    /** The gap of a held-out row is taken among twenty others. */
    private static final int HELD_OUT = 24;

    private final Path folder;

    private BenchFolder(Path folder) {
        this.folder = folder;
    }

    /** An empty one. */
    static BenchFolder empty() {
        try {
            return new BenchFolder(Files.createTempDirectory("nla-bench"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One with a dataset that has so many rows to train on. */
    static BenchFolder withDataset(Workload work, int trainRows) {
        BenchFolder made = empty();
        try {
            made.writeDataset(work, trainRows);
            return made;
        } catch (RuntimeException e) {
            made.close();
            throw e;
        }
    }

    Path dataset() {
        return at("dataset");
    }

    Path at(String name) {
        return folder.resolve(name);
    }

    private void writeDataset(Workload work, int trainRows) {
        int d = ModelConfig.read(work.model()).hiddenSize();
        int count = trainRows + HELD_OUT;
        List<TextRow> texts = work.described(count);
        Random random = new Random(work.seed());
        DatasetWriter.write(
                dataset(),
                DatasetSidecar.of("bench", count, work.model().toString(), d, work.layer(), Map.of()),
                IntStream.range(0, count)
                        .mapToObj(i -> new LabelledActivation(
                                row(texts.get(i), i < trainRows ? Split.TRAIN : Split.VALIDATION), vector(random, d)))
                        .iterator());
    }

    private static Row row(TextRow text, Split split) {
        return new Row(text.id(), text.docId(), text.text(), 0, 0, "", "", text.description(), Map.of(), split);
    }

    static float[] vector(Random random, int d) {
        float[] values = new float[d];
        for (int i = 0; i < d; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }

    @Override
    public void close() {
        AtomicFiles.deleteTree(folder);
    }
}
