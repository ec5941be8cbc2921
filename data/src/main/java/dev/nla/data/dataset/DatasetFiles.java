package dev.nla.data.dataset;

import dev.nla.data.dataset.index.ShardIndex;
import dev.nla.model.InputException;
import dev.nla.model.safetensors.DType;
import dev.nla.model.safetensors.SafetensorsFile;
import dev.nla.model.safetensors.TensorInfo;
import dev.nla.model.sidecar.DatasetSidecar;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The open files of a dataset, which have been seen to belong together.
 *
 * @param sidecar what the activations are
 * @param index of the shards, where it is in shards
 */
record DatasetFiles(DatasetSidecar sidecar, DatasetRows rows, VectorFiles vectors, Optional<ShardIndex> index)
        implements AutoCloseable {
    static DatasetFiles open(Path folder) {
        boolean sharded = ShardIndex.isIn(folder);
        check(folder, sharded);
        DatasetSidecar sidecar = DatasetSidecar.read(DatasetSidecar.fileOf(folder));
        return sharded ? shards(folder, sidecar) : pair(folder, sidecar);
    }

    private static void check(Path folder, boolean sharded) {
        List<String> needed = sharded
                ? List.of("nla_meta.yaml")
                : List.of("nla_meta.yaml", RowsFile.NAME, ActivationDataset.ACTIVATIONS_FILE);
        for (String name : needed) {
            if (!Files.isRegularFile(folder.resolve(name))) {
                throw InputException.data(
                        "%s: %s: a dataset is a folder with nla_meta.yaml, rows.jsonl and activations.safetensors, or shards of both"
                                + " with their index; make one with `nla data extract`",
                        folder, Files.isDirectory(folder) ? name + " is missing" : "there is no such folder");
            }
        }
        if (sharded && Files.exists(folder.resolve(ActivationDataset.ACTIVATIONS_FILE))) {
            throw InputException.data(
                    "%s: holds %s and an index of shards, %s: delete what is not of this dataset",
                    folder, ActivationDataset.ACTIVATIONS_FILE, ShardIndex.NAME);
        }
    }

    private static DatasetFiles shards(Path folder, DatasetSidecar sidecar) {
        ShardIndex index = ShardIndex.read(folder);
        if (sidecar.rowCount() != index.rows() || sidecar.dModel() != index.dimension()) {
            throw InputException.data(
                    "%s: nla_meta.yaml says row_count %d and d_model %d but %s says rows %d and d_model %d: the files are not"
                            + " of one dataset",
                    folder, sidecar.rowCount(), sidecar.dModel(), ShardIndex.NAME, index.rows(), index.dimension());
        }
        VectorFiles vectors = VectorFiles.open(folder, index);
        try {
            return new DatasetFiles(sidecar, StoredRows.open(folder, index), vectors, Optional.of(index));
        } catch (RuntimeException e) {
            vectors.close();
            throw e;
        }
    }

    private static DatasetFiles pair(Path folder, DatasetSidecar sidecar) {
        List<Row> rows = RowsFile.read(folder.resolve(RowsFile.NAME));
        SafetensorsFile file = SafetensorsFile.open(folder.resolve(ActivationDataset.ACTIVATIONS_FILE));
        try {
            checkAgreement(folder, file.info(ActivationDataset.TENSOR, -1, -1), rows.size(), sidecar);
            return new DatasetFiles(
                    sidecar, new RowsInMemory(rows), VectorFiles.of(file, rows.size()), Optional.empty());
        } catch (RuntimeException e) {
            file.close();
            throw e;
        }
    }

    private static void checkAgreement(Path folder, TensorInfo info, int rows, DatasetSidecar sidecar) {
        if (info.dtype() != DType.F32) {
            throw InputException.data(
                    "%s: %s: tensor '%s' is %s where F32 was expected",
                    folder, ActivationDataset.ACTIVATIONS_FILE, info.name(), info.describe());
        }
        if (info.shape()[0] != rows) {
            throw InputException.data(
                    "%s: rows.jsonl has %d rows but %s holds %s: the files are not of one dataset, extract it again",
                    folder, rows, ActivationDataset.ACTIVATIONS_FILE, info.describe());
        }
        if (sidecar.rowCount() != rows) {
            throw InputException.data(
                    "%s: nla_meta.yaml says row_count %d but rows.jsonl has %d rows: the files are not of one dataset",
                    folder, sidecar.rowCount(), rows);
        }
        if (info.shape()[1] != sidecar.dModel()) {
            throw InputException.data(
                    "%s: nla_meta.yaml says d_model %d but %s holds %s: the files are not of one dataset, extract it again",
                    folder, sidecar.dModel(), ActivationDataset.ACTIVATIONS_FILE, info.describe());
        }
    }

    @Override
    public void close() {
        rows.close();
        vectors.close();
    }
}
