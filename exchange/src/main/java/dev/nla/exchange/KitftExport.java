package dev.nla.exchange;

import dev.nla.data.dataset.ActivationDataset;
import dev.nla.data.dataset.Row;
import dev.nla.exchange.parquet.ParquetColumn;
import dev.nla.exchange.parquet.ParquetWriter;
import dev.nla.model.InputException;
import dev.nla.model.Key;
import dev.nla.model.sidecar.DatasetSidecar;
import dev.nla.model.verbalizer.Explanation;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes rows of a dataset as kitft's dataset builder writes them: {@code STAGE.parquet} and its sidecar for each stage.
 *
 * @param stages which files
 * @param prompts the prompts of the training stages; base needs none
 * @param clock for the sidecars' date
 */
public record KitftExport(List<KitftStage> stages, Optional<KitftPrompts> prompts, Clock clock) implements Export {
    private static final List<String> SLICE = List.of("start", "length");

    /** Refuses training stages without prompts. */
    public KitftExport {
        stages = stages.stream().distinct().sorted().toList();
        for (KitftStage stage : stages) {
            if (stage != KitftStage.BASE) {
                prompts.orElseThrow(() -> InputException.usage(
                                "%s %s needs prompts, which the dataset was not imported with: give an adapter by"
                                        + " %s and its base model by %s",
                                Key.of("stage"), stage.label(), Key.of("prompts"), Key.of("model")))
                        .require(stage);
            }
        }
    }

    @Override
    public List<Written> write(ActivationDataset dataset, int[] rows, Path folder) {
        return stages.stream().map(stage -> write(stage, dataset, rows, folder)).toList();
    }

    private Written write(KitftStage stage, ActivationDataset dataset, int[] rows, Path folder) {
        int[] fit = Arrays.stream(rows)
                .filter(row ->
                        !stage.describes() || !dataset.row(row).description().isEmpty())
                .toArray();
        if (fit.length == 0) {
            throw InputException.data(
                    "%s: no row has a description, which %s %s needs: export base or rl",
                    dataset.folder(), Key.of("stage"), stage.label());
        }
        boolean texts =
                Arrays.stream(fit).noneMatch(row -> dataset.row(row).text().isEmpty());
        boolean described = Arrays.stream(fit)
                .noneMatch(row -> dataset.row(row).description().isEmpty());
        List<ParquetColumn> columns = columns(stage, dataset.dimension(), texts, described);
        Path file = folder.resolve(stage.label() + ".parquet");
        ParquetWriter.write(
                file,
                columns,
                Arrays.stream(fit)
                        .mapToObj(row -> values(stage, columns, dataset, row))
                        .iterator());
        DatasetSidecar sidecar = sidecar(stage, dataset, fit, texts);
        sidecar.write(DatasetSidecar.fileOf(file));
        return new Written(file, fit.length);
    }

    private List<ParquetColumn> columns(KitftStage stage, int width, boolean texts, boolean described) {
        List<ParquetColumn> columns = new ArrayList<>();
        switch (stage) {
            case BASE -> {}
            case AV_SFT -> {
                columns.add(question());
                columns.add(new ParquetColumn.Text(KitftColumns.RESPONSE));
            }
            case AR_SFT -> columns.add(new ParquetColumn.Text(KitftColumns.PROMPT));
            case RL -> columns.add(question());
        }
        columns.add(new ParquetColumn.Vector(KitftColumns.VECTOR, width));
        columns.add(new ParquetColumn.Whole(KitftColumns.TOKENS));
        columns.add(new ParquetColumn.Whole(KitftColumns.LAYER));
        columns.add(new ParquetColumn.Text(KitftColumns.DOCUMENT));
        if (texts) {
            columns.add(new ParquetColumn.Text(KitftColumns.TEXT));
        }
        if (stage == KitftStage.BASE && described) {
            columns.add(new ParquetColumn.Text(KitftColumns.EXPLANATION));
        }
        columns.add(new ParquetColumn.Text(KitftColumns.ID));
        return columns;
    }

    private ParquetColumn question() {
        return new ParquetColumn.Message(
                KitftColumns.PROMPT, prompts.orElseThrow().question());
    }

    private Object[] values(KitftStage stage, List<ParquetColumn> columns, ActivationDataset dataset, int number) {
        Row row = dataset.row(number);
        return columns.stream()
                .filter(column -> !(column instanceof ParquetColumn.Message))
                .map(column -> switch (column.name()) {
                    case KitftColumns.VECTOR -> dataset.activation(number);
                    case KitftColumns.TOKENS -> (Object) (long) Math.max(1, row.nRawTokens());
                    case KitftColumns.LAYER -> (long) dataset.sidecar().layer();
                    case KitftColumns.DOCUMENT -> row.docId();
                    case KitftColumns.TEXT -> row.text();
                    case KitftColumns.EXPLANATION -> row.description();
                    case KitftColumns.RESPONSE ->
                        Explanation.OPENING + "\n" + row.description() + "\n" + Explanation.CLOSING;
                    case KitftColumns.PROMPT -> prompts.orElseThrow().reading(row.description());
                    case KitftColumns.ID -> row.id();
                    default -> throw new IllegalStateException(stage + " has no column " + column.name());
                })
                .toArray();
    }

    /** Exactly the keys that kitft's reader takes; it refuses others inside {@code extraction}. */
    private DatasetSidecar sidecar(KitftStage stage, ActivationDataset dataset, int[] rows, boolean texts) {
        DatasetSidecar from = dataset.sidecar();
        Map<String, Object> other = new LinkedHashMap<>();
        other.put("extraction", extraction(dataset, rows));
        other.put("keep_debug_metadata", texts);
        other.put("parent_datasets", List.of(from.datasetId()));
        other.put("created_at", clock.instant().toString());
        other.put("created_by", "nla data export");
        other.put("git_commit", "");
        Optional<KitftPrompts> used = prompts.filter(it -> stage != KitftStage.BASE);
        return new DatasetSidecar(
                stage.label() + "_" + from.datasetId(),
                stage.label(),
                rows.length,
                from.baseModel(),
                from.dModel(),
                from.layer(),
                used.map(KitftPrompts::marker),
                used.map(KitftPrompts::suffixIds).orElse(List.of()),
                used.map(KitftPrompts::verbalizer),
                used.flatMap(KitftPrompts::reconstructor),
                other);
    }

    private static Map<String, Object> extraction(ActivationDataset dataset, int[] rows) {
        Map<String, Integer> documents = new HashMap<>();
        for (int row : rows) {
            documents.merge(dataset.row(row).docId(), 1, Integer::sum);
        }
        Map<String, Object> slice = new LinkedHashMap<>();
        slice.put("start", 0);
        slice.put("length", documents.size());
        Map<String, Object> extraction = new LinkedHashMap<>();
        extraction.put("corpus", dataset.sidecar().datasetId());
        extraction.put("corpus_slice", slice);
        extraction.put(
                "positions_per_doc",
                documents.values().stream().mapToInt(Integer::intValue).max().orElse(0));
        if (dataset.sidecar().other().get("extraction") instanceof Map<?, ?> known) {
            if (known.get("corpus") instanceof String corpus) {
                extraction.put("corpus", corpus);
            }
            if (known.get("corpus_slice") instanceof Map<?, ?> given
                    && given.keySet().containsAll(SLICE)
                    && given.values().stream().allMatch(Integer.class::isInstance)) {
                extraction.put("corpus_slice", given);
            }
        }
        return extraction;
    }
}
