package dev.nla.bulk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.nla.bulk.output.Rows;
import dev.nla.bulk.output.RowsFormat;
import dev.nla.bulk.source.ActivationPlace;
import dev.nla.bulk.source.Block;
import dev.nla.bulk.source.Source;
import dev.nla.data.kept.KeptLines;
import dev.nla.data.kept.WorkInputs;
import dev.nla.model.InputException;
import dev.nla.model.Key;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/**
 * Describes all activations of a source, block by block. What is done is kept beside the output, in {@code .OUTPUT.rows}, and a run that was
 * killed and is started again computes only what is missing: the output is the same byte for byte.
 *
 * @param source the activations
 * @param describers one an adapter; each describes every activation
 */
public record BulkRun(Source source, List<BlockDescriber> describers) {
    /**
     * What came of a run.
     *
     * @param before activations that an earlier run had described
     * @param rows all of them, one an activation and adapter
     * @param warned rows with warnings
     * @param unusable rows whose best description cannot be used
     */
    public record Outcome(int before, int rows, int warned, int unusable) {
        private static Outcome of(int before, Rows described) {
            int[] counts = new int[3];
            described.forEach(row -> {
                counts[0]++;
                counts[1] += row.has("warnings") ? 1 : 0;
                counts[2] += row.path("descriptions").path(0).has("defect") ? 1 : 0;
            });
            return new Outcome(before, counts[0], counts[1], counts[2]);
        }
    }

    /**
     * Describes, and hands on each row as it is done.
     *
     * @param each is given the rows in their order: place by place, adapter by adapter
     * @param progress hears how many activations are done
     */
    public void run(Consumer<ObjectNode> each, IntConsumer progress) {
        int done = 0;
        for (Block block : source.blocks()) {
            rows(block).forEach(each);
            done += block.size();
            progress.accept(done);
        }
    }

    /**
     * Describes into a file.
     *
     * @param output the file, which must not be there
     * @param adapters everything that the words depend on besides the activations and how they are sampled, by name
     * @param progress hears how many activations are done, those of an earlier run first
     * @return what came of it
     * @throws InputException where the output is there, what an unfinished run has left there was asked for otherwise, or the file system
     *     refuses
     */
    public Outcome write(Path output, Map<String, String> adapters, IntConsumer progress) {
        RowsFormat format = RowsFormat.of(output);
        Path kept = KeptLines.beside(output, "rows");
        checkFree(output);
        List<Block> blocks = source.blocks();
        AtomicInteger finished = new AtomicInteger();
        try (KeptLines lines =
                KeptLines.open(kept, "descriptions", inputs(adapters), piece -> isBlock(piece, finished, blocks))) {
            int before = blocks.subList(0, finished.get()).stream()
                    .mapToInt(Block::size)
                    .sum();
            int done = before;
            progress.accept(done);
            for (Block block : blocks.subList(finished.get(), blocks.size())) {
                lines.append(List.of(Map.of("rows", rows(block))));
                done += block.size();
                progress.accept(done);
            }
            KeptRows rows = new KeptRows(kept);
            format.write(output, rows);
            Outcome outcome = Outcome.of(before, rows);
            lines.delete();
            return outcome;
        }
    }

    /** Refuses an output that is there, unless it is of a run that was killed before what it had kept was gone. */
    public static void checkFree(Path output) {
        RowsFormat.of(output);
        if (Files.isDirectory(output) || Files.exists(output) && Files.notExists(KeptLines.beside(output, "rows"))) {
            throw InputException.data("%s: exists already: choose another %s, or delete it", output, Key.of("output"));
        }
    }

    private boolean isBlock(JsonNode piece, AtomicInteger finished, List<Block> blocks) {
        int next = finished.get();
        if (next == blocks.size()
                || piece.path("rows").size() != blocks.get(next).size() * describers.size()) {
            return false;
        }
        finished.incrementAndGet();
        return true;
    }

    private List<ObjectNode> rows(Block block) {
        List<ActivationPlace> places = block.places().get();
        float[][] vectors = block.vectors().get();
        List<List<WrittenWords>> words =
                describers.stream().map(each -> each.describe(places, vectors)).toList();
        List<ObjectNode> rows = new ArrayList<>();
        for (int i = 0; i < places.size(); i++) {
            for (int k = 0; k < describers.size(); k++) {
                BlockDescriber describer = describers.get(k);
                rows.add(RowJson.of(
                        places.get(i), describer.verbalizer(), words.get(k).get(i), describer.samples() > 1));
            }
        }
        return rows;
    }

    private WorkInputs inputs(Map<String, String> adapters) {
        Map<String, String> inputs = new TreeMap<>(source.inputs());
        inputs.putAll(adapters);
        BlockDescriber first = describers.get(0);
        inputs.put("sampling", first.sampling().toString());
        inputs.put("samples", String.valueOf(first.samples()));
        inputs.put("seed", String.valueOf(first.seed()));
        return new WorkInputs(inputs);
    }
}
