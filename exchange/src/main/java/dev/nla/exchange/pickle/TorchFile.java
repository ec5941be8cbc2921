package dev.nla.exchange.pickle;

import dev.nla.model.InputException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;

/** A file of {@code torch.save}. */
public final class TorchFile implements AutoCloseable {
    private static final int WIDEST = 1 << 24;
    private static final long SHOWN_AT_LEAST = 1 << 16;
    private static final long MOST_REPEATED = 16;

    private final TorchArchive archive;
    private final Object content;

    private TorchFile(TorchArchive archive) {
        this.archive = archive;
        try {
            content = Unpickler.read(archive.pickle());
        } catch (BadPickle e) {
            throw InputException.data(
                    e, "%s", archive.error("data.pkl: %s", e.getMessage()).getMessage());
        }
    }

    /**
     * Opens a file and reads everything but the tensors' numbers.
     *
     * @throws InputException where it is no whole file of torch.save, or holds anything but tensors, dicts, lists, tuples, strings,
     *     numbers, bools and None
     */
    public static TorchFile open(Path path) {
        TorchArchive archive = TorchArchive.open(path);
        try {
            return new TorchFile(archive);
        } catch (RuntimeException e) {
            archive.close();
            throw e;
        }
    }

    /**
     * What was saved: a {@link java.util.Map} for a dict, a {@link java.util.List} for a list or a tuple, {@link String}, {@link Long},
     * {@link Double}, {@link Boolean}, {@link TorchTensor}, or null for None.
     */
    public Object content() {
        return content;
    }

    /** The numbers of a floating-point tensor of two dimensions; its storage is read whole. */
    public TorchRows rows(TorchTensor tensor) {
        long[] shape = tensor.shape();
        boolean matrix = shape.length == 2 && shape[0] <= Integer.MAX_VALUE && shape[1] <= WIDEST;
        if (!tensor.dtype().isFloat() || !matrix) {
            throw archive.error("a %s was found where floating-point numbers [rows, width] were expected", tensor);
        }
        if (shape[0] * shape[1] > SHOWN_AT_LEAST + MOST_REPEATED * tensor.length()) {
            throw archive.error(
                    "a %s shows the %d numbers of its storage many times over: save a copy of it (contiguous())",
                    tensor, tensor.length());
        }
        return new TorchRows(tensor, ByteBuffer.wrap(archive.storage(tensor)).order(ByteOrder.LITTLE_ENDIAN));
    }

    @Override
    public void close() {
        archive.close();
    }
}
