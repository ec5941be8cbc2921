package dev.nla.data.extract;

import dev.nla.data.dataset.ActivationDataset;
import dev.nla.data.dataset.DatasetWriter;
import dev.nla.data.dataset.LabelledActivation;
import dev.nla.data.dataset.Row;
import dev.nla.data.dataset.Split;
import dev.nla.data.dataset.index.ShardPlan;
import dev.nla.data.extract.prompt.PromptEncoder;
import dev.nla.data.extract.resume.PartialActivations;
import dev.nla.data.extract.resume.WorkFolder;
import dev.nla.data.extract.source.ActivationSource;
import dev.nla.data.text.TextFile;
import dev.nla.data.text.Texts;
import dev.nla.model.InputException;
import dev.nla.model.Key;
import dev.nla.model.config.ModelConfig;
import dev.nla.model.files.AtomicFiles;
import dev.nla.model.sidecar.DatasetSidecar;
import dev.nla.model.workers.Parts;
import dev.nla.model.workers.Workers;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PrimitiveIterator;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Makes a dataset out of texts and a model: render, tokenise, batch by length, capture, write in the order of the texts. A killed
 * extraction that is started again with the same settings computes only what is missing; the dataset is the same byte for byte.
 */
public final class Extraction {
    /** Batches that are handed over together: their tokens are in memory at a time. */
    private static final int WAVE = 256;

    private final ActivationSource source;
    private final PromptEncoder encoder;
    private final ExtractionSettings settings;
    private final Clock clock;
    private final Optional<Workers> workers;

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
        this(source, encoder, settings, clock, Optional.empty());
    }

    /**
     * Prepares an extraction whose batches are read by workers; that the same numbers come of it, whoever they are, is what workers are for.
     *
     * @param workers read with the source's model; stay the caller's
     * @throws InputException where the model has no such layer
     */
    public Extraction(
            ActivationSource source, PromptEncoder encoder, ExtractionSettings settings, Clock clock, Workers workers) {
        this(source, encoder, settings, clock, Optional.of(workers));
    }

    private Extraction(
            ActivationSource source,
            PromptEncoder encoder,
            ExtractionSettings settings,
            Clock clock,
            Optional<Workers> workers) {
        this.source = source;
        this.encoder = encoder;
        this.settings = settings;
        this.clock = clock;
        this.workers = workers;
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
        Texts.open(textFile).close();
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
        try (Texts sources = Texts.open(textFile)) {
            PreparedTexts texts = new TextPreparation(textFile, encoder, settings, source).prepare(sources);
            boolean ownSplits = RowLabels.bringSplits(sources);
            List<Split> splits = RowLabels.splits(sources, ownSplits, settings.split());
            ProgressMeter meter = new ProgressMeter(clock, texts.rowCount(), texts.tokens(texts.read()));
            ShardPlan plan = new ShardPlan(texts.rowCount(), settings.shardRows());
            try (WorkFolder work = WorkFolder.open(output, identity, clock.instant(), source.dimension(), plan)) {
                capture(texts, work.activations(), meter, listener);
                DatasetSidecar sidecar = new ExtractionSidecar(textFile, source, settings, identity, work.started())
                        .of(sources.size(), texts.rowCount(), ownSplits);
                if (plan.sharded()) {
                    DatasetWriter.adopt(output, sidecar, plan, rows(texts, splits), work.folder());
                } else {
                    DatasetWriter.write(
                            output, sidecar, labelled(rows(texts, splits), work.activations()), settings.shardRows());
                }
            }
            AtomicFiles.deleteTree(WorkFolder.beside(output));
            int tooShort = texts.size() - texts.read().length;
            return new ExtractionReport(texts.rowCount(), texts.cut(), tooShort, meter.keptRows(), meter.time());
        }
    }

    /** An earlier run was killed after its dataset was in place and before its work folder was gone. */
    private static ExtractionReport tidyUp(Path output) {
        try (ActivationDataset dataset = ActivationDataset.open(output)) {
            AtomicFiles.deleteTree(WorkFolder.beside(output));
            return new ExtractionReport(dataset.size(), 0, 0, dataset.size(), Duration.ZERO);
        }
    }

    private void capture(
            PreparedTexts texts, PartialActivations kept, ProgressMeter meter, ExtractionListener listener) {
        List<int[]> batches = texts.batches(texts.read(), settings.tokenBudget());
        Set<Integer> finished = kept.finished(batches.stream().map(texts::rows).toList());
        finished.forEach(batch -> meter.keep(texts.rows(batches.get(batch)).length, texts.tokens(batches.get(batch))));
        listener.progress(meter.progress());
        int[] missing = IntStream.range(0, batches.size())
                .filter(i -> !finished.contains(i))
                .toArray();
        BatchReading reading = new BatchReading(source, settings.layer());
        for (int begin = 0; begin < missing.length; begin += WAVE) {
            int[] wave = Arrays.copyOfRange(missing, begin, Math.min(missing.length, begin + WAVE));
            PrimitiveIterator.OfInt next = Arrays.stream(wave).iterator();
            Parts<BatchTokens> parts = Parts.of(wave.length, k -> BatchTokens.of(texts(texts, batches.get(wave[k]))));
            Consumer<float[][]> store = activations -> {
                int i = next.nextInt();
                int[] rows = texts.rows(batches.get(i));
                kept.store(i, rows, activations);
                meter.add(rows.length, texts.tokens(batches.get(i)));
                listener.progress(meter.progress());
            };
            if (workers.isPresent()) {
                workers.get().each(reading, parts, store);
            } else {
                reading.each(parts, store);
            }
        }
    }

    private static List<PreparedText> texts(PreparedTexts texts, int[] batch) {
        return Arrays.stream(batch).mapToObj(texts::get).toList();
    }

    /** Every row in order. */
    private Iterator<Row> rows(PreparedTexts texts, List<Split> splits) {
        RowLabels labels = new RowLabels(encoder, settings.position());
        return IntStream.range(0, texts.size())
                .boxed()
                .flatMap(i -> labels.rows(texts.get(i), splits.get(i)))
                .iterator();
    }

    /** Rows with their activations. */
    private static Iterator<LabelledActivation> labelled(Iterator<Row> rows, PartialActivations kept) {
        return new Iterator<>() {
            private int row;

            @Override
            public boolean hasNext() {
                return rows.hasNext();
            }

            @Override
            public LabelledActivation next() {
                return new LabelledActivation(rows.next(), kept.activation(row++));
            }
        };
    }
}
