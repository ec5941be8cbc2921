package dev.nla.data.dataset;

import dev.nla.data.dataset.index.Shard;
import dev.nla.data.dataset.index.ShardIndex;
import dev.nla.model.InputException;
import dev.nla.model.safetensors.DType;
import dev.nla.model.safetensors.SafetensorsFile;
import dev.nla.model.safetensors.TensorInfo;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The activations of a dataset, mapped: {@code activations}, float32 [n, d], in one file or one after the other in several. */
final class VectorFiles implements AutoCloseable {
    private final List<SafetensorsFile> files;
    private final int fileRows;

    private VectorFiles(List<SafetensorsFile> files, int fileRows) {
        this.files = files;
        this.fileRows = fileRows;
    }

    /** The one file of a dataset that is not in shards, whose rows have been counted. */
    static VectorFiles of(SafetensorsFile file, int rows) {
        return new VectorFiles(List.of(file), Math.max(1, rows));
    }

    /** Opens every shard's activations and checks that they are as many and as long as the index says. */
    static VectorFiles open(Path folder, ShardIndex index) {
        VectorFiles vectors = new VectorFiles(new ArrayList<>(), index.plan().shardRows());
        try {
            for (Shard shard : index.shards()) {
                SafetensorsFile file = SafetensorsFile.open(shard.activations().in(folder));
                vectors.files.add(file);
                check(file, shard.rowCount(), index.dimension());
            }
        } catch (RuntimeException e) {
            vectors.close();
            throw e;
        }
        return vectors;
    }

    private static void check(SafetensorsFile file, int rows, int dimension) {
        TensorInfo info = file.info(ActivationDataset.TENSOR, -1, -1);
        if (info.dtype() != DType.F32 || !info.hasShape(rows, dimension)) {
            throw InputException.data(
                    "%s: tensor '%s' is %s where %s says F32 [%d, %d]: the files are not of one dataset, make it anew",
                    file.path(), info.name(), info.describe(), ShardIndex.NAME, rows, dimension);
        }
    }

    /** The file that row {@code row} is in. */
    Path fileOf(int row) {
        return files.get(row / fileRows).path();
    }

    /** Where row {@code row} stands in its file, from 0. */
    int place(int row) {
        return row % fileRows;
    }

    /** A fresh copy of row {@code row}, [d], whatever it holds. */
    float[] activation(int row, int dimension) {
        float[] values = new float[dimension];
        files.get(row / fileRows).floats(ActivationDataset.TENSOR, (long) place(row) * dimension, values);
        return values;
    }

    @Override
    public void close() {
        files.forEach(SafetensorsFile::close);
    }
}
