package dev.nla.data.extract;

import dev.nla.data.dataset.ActivationDataset;
import dev.nla.data.dataset.DatasetWriter;
import dev.nla.data.dataset.LabelledActivation;
import dev.nla.data.dataset.Split;
import dev.nla.data.extract.prompt.PromptEncoder;
import dev.nla.data.extract.resume.PartialActivations;
import dev.nla.data.extract.resume.WorkFolder;
import dev.nla.data.extract.source.ActivationSource;
import dev.nla.data.text.TextFile;
import dev.nla.data.text.TextRow;
import dev.nla.model.InputException;
import dev.nla.model.Key;
import dev.nla.model.config.ModelConfig;
import dev.nla.model.files.AtomicFiles;
import dev.nla.model.sidecar.DatasetSidecar;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Makes a dataset out of texts and a model: render, tokenise, batch by length, capture, write in the order of the texts. A killed
 * extraction that is started again with the same settings computes only what is missing; the dataset is the same byte for byte.
 */
public final class Extraction {
    private final ActivationSource source;
    private final PromptEncoder encoder;
    private final ExtractionSettings settings;
    private final Clock clock;
    private final TextReading reading;

    /**
     * Prepares an extraction.
     *
     * @param source the model; stays the caller's
     * @param encoder renders texts for it
     * @param settings what is extracted
     * @param clock tells when the extraction began and how fast it is
     * @throws InputException where the model has no such layer
     */
    public Extraction(ActivationSource source, PromptEncoder encoder, ExtractionSettings settings, Clock clock) {
        this.source = source;
        this.encoder = encoder;
        this.settings = settings;
        this.clock = clock;
        reading = new TextReading(source, settings.layer(), settings.tokenBudget());
        checkLayer(settings.layer(), source.modelName(), source.layers());
    }

    private static void checkLayer(int layer, String model, int layers) {
        if (layer >= layers) {
            throw InputException.usage(
                    "%s %d: %s has %d blocks: 0 to %d was expected", Key.of("layer"), layer, model, layers, layers - 1);
        }
    }

    /**
     * Refuses a layer that the model lacks, texts that cannot be read and an output that is taken, before weights are read for them. A
     * finished dataset there may be what an earlier run of the same settings left, which only {@link #run} can tell.
     *
     * @param model the folder whose settings are {@code config}
     */
    public static void check(int layer, Path model, ModelConfig config, Path textFile, Path output) {
        checkLayer(layer, model.toString(), config.layers());
        if (!ActivationDataset.isAt(output)) {
            DatasetWriter.checkFree(output);
        }
        TextFile.read(textFile);
    }

    /**
     * Extracts, or goes on extracting, into {@code output}; what is unfinished lies in {@code OUTPUT.partial}.
     *
     * @param textFile the texts, see {@link TextFile}
     * @param output the dataset's folder, which must not hold anything yet
     * @param listener hears of every batch
     * @throws InputException where a text is unfit, {@code output} is taken, an unfinished extraction has other settings, the model gives
     *     NaN or infinity, or the file system refuses
     */
    public ExtractionReport run(Path textFile, Path output, ExtractionListener listener) {
        Map<String, String> identity = ExtractionIdentity.of(textFile, source, encoder, settings);
        if (ActivationDataset.isAt(output) && WorkFolder.holds(output, identity)) {
            return tidyUp(output);
        }
        DatasetWriter.checkFree(output);
        List<TextRow> rows = TextFile.read(textFile);
        List<PreparedText> texts = new TextPreparation(textFile, encoder, settings, source).prepare(rows);
        List<Split> splits = RowLabels.splits(rows, settings.split());
        ProgressMeter meter = meter(texts);
        try (WorkFolder work = WorkFolder.open(output, identity, clock.instant(), source.dimension())) {
            capture(texts, work.activations(), meter, listener);
            DatasetWriter.write(
                    output,
                    sidecar(textFile, rows, rowCount(texts), identity, work.started()),
                    labelled(texts, splits, work.activations()));
        }
        AtomicFiles.deleteTree(WorkFolder.beside(output));
        int cut = (int) texts.stream().filter(PreparedText::cut).count();
        int tooShort = texts.size() - read(texts).size();
        return new ExtractionReport(rowCount(texts), cut, tooShort, meter.keptRows(), meter.time());
    }

    /** An earlier run was killed after its dataset was in place and before its work folder was gone. */
    private static ExtractionReport tidyUp(Path output) {
        try (ActivationDataset dataset = ActivationDataset.open(output)) {
            AtomicFiles.deleteTree(WorkFolder.beside(output));
            return new ExtractionReport(dataset.size(), 0, 0, dataset.size(), Duration.ZERO);
        }
    }

    private DatasetSidecar sidecar(
            Path textFile, List<TextRow> rows, int rowCount, Map<String, String> identity, Instant started) {
        ExtractionSidecar sidecar = new ExtractionSidecar(textFile, source, settings, identity, started);
        return sidecar.of(rows.size(), rowCount, RowLabels.bringSplits(rows));
    }

    private void capture(
            List<PreparedText> texts, PartialActivations kept, ProgressMeter meter, ExtractionListener listener) {
        List<List<PreparedText>> batches = reading.batches(read(texts));
        Set<Integer> finished =
                kept.finished(batches.stream().map(Extraction::rows).toList());
        finished.forEach(batch -> meter.keep(rows(batches.get(batch)).length, tokens(batches.get(batch))));
        listener.progress(meter.progress());
        for (int i = 0; i < batches.size(); i++) {
            if (!finished.contains(i)) {
                List<PreparedText> batch = batches.get(i);
                kept.store(i, rows(batch), reading.batch(batch));
                meter.add(rows(batch).length, tokens(batch));
                listener.progress(meter.progress());
            }
        }
    }

    /** The texts that give rows. */
    private static List<PreparedText> read(List<PreparedText> texts) {
        return texts.stream().filter(text -> text.positions().length > 0).toList();
    }

    private Iterator<LabelledActivation> labelled(
            List<PreparedText> texts, List<Split> splits, PartialActivations kept) {
        RowLabels labels = new RowLabels(encoder, settings.position());
        return IntStream.range(0, texts.size())
                .boxed()
                .flatMap(i -> IntStream.range(0, texts.get(i).positions().length)
                        .mapToObj(index -> new LabelledActivation(
                                labels.row(texts.get(i), index, splits.get(i)),
                                kept.activation(texts.get(i).firstRow() + index))))
                .iterator();
    }

    private ProgressMeter meter(List<PreparedText> texts) {
        return new ProgressMeter(clock, rowCount(texts), tokens(read(texts)));
    }

    private static int[] rows(List<PreparedText> batch) {
        return batch.stream()
                .flatMapToInt(text -> IntStream.range(text.firstRow(), text.firstRow() + text.positions().length))
                .toArray();
    }

    private static long tokens(List<PreparedText> batch) {
        return batch.stream().mapToLong(text -> text.prompt().length()).sum();
    }

    private static int rowCount(List<PreparedText> texts) {
        PreparedText last = texts.get(texts.size() - 1);
        return last.firstRow() + last.positions().length;
    }
}
