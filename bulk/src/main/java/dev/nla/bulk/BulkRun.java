package dev.nla.bulk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.nla.bulk.output.Rows;
import dev.nla.bulk.output.RowsFormat;
import dev.nla.bulk.source.ActivationPlace;
import dev.nla.bulk.source.Block;
import dev.nla.bulk.source.Located;
import dev.nla.bulk.source.Source;
import dev.nla.data.kept.KeptLines;
import dev.nla.data.kept.WorkInputs;
import dev.nla.model.InputException;
import dev.nla.model.Key;
import dev.nla.model.workers.Workers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/**
 * Describes all activations of a source, block by block, or as many blocks together as workers have use for. What is done is kept beside the output, in {@code .OUTPUT.rows}, and a run that was
 * killed and is started again computes only what is missing: the output is the same byte for byte.
 *
 * @param source the activations
 * @param describers one an adapter; each describes every activation
 * @param workers have it done
 */
public record BulkRun(Source source, List<BlockDescriber> describers, Workers workers) {
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
        for (List<Block> wave : waves(source.blocks())) {
            rows(wave).forEach(block -> block.forEach(each));
            done += wave.stream().mapToInt(Block::size).sum();
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
            for (List<Block> wave : waves(blocks.subList(finished.get(), blocks.size()))) {
                lines.append(
                        rows(wave).stream().map(block -> Map.of("rows", block)).toList());
                done += wave.stream().mapToInt(Block::size).sum();
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

    /** Blocks that are described together: as few as give all workers something to do. */
    private List<List<Block>> waves(List<Block> blocks) {
        List<List<Block>> waves = new ArrayList<>();
        int enough = workers.partsAtOnce();
        int parts = enough;
        for (Block block : blocks) {
            if (parts >= enough) {
                waves.add(new ArrayList<>());
                parts = 0;
            }
            waves.get(waves.size() - 1).add(block);
            parts += describers.get(0).parts(block.size());
        }
        return waves;
    }

    /** The rows of each block. */
    private List<List<ObjectNode>> rows(List<Block> wave) {
        List<Located> blocks = wave.stream().map(Block::read).toList();
        List<List<List<WrittenWords>>> words =
                describers.stream().map(each -> each.describe(blocks, workers)).toList();
        return IntStream.range(0, blocks.size())
                .mapToObj(i -> rows(
                        blocks.get(i).places(),
                        words.stream().map(ofAdapter -> ofAdapter.get(i)).toList()))
                .toList();
    }

    /** @param words of each adapter for each place */
    private List<ObjectNode> rows(List<ActivationPlace> places, List<List<WrittenWords>> words) {
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
