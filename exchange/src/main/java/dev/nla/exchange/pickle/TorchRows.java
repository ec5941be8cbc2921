package dev.nla.exchange.pickle;

import dev.nla.model.safetensors.HalfFloats;
import java.nio.ByteBuffer;

/** The rows of a matrix out of a torch file, whatever its type and strides. */
public final class TorchRows {
    private final TorchTensor tensor;
    private final ByteBuffer storage;

    TorchRows(TorchTensor tensor, ByteBuffer storage) {
        this.tensor = tensor;
        this.storage = storage;
    }

    /** Row {@code row}, from 0, as float32. */
    public float[] row(int row) {
        float[] values = new float[(int) tensor.shape()[1]];
        long start = tensor.offset() + row * tensor.strides()[0];
        for (int i = 0; i < values.length; i++) {
            values[i] =
                    at((int) ((start + i * tensor.strides()[1]) * tensor.dtype().bytes()));
        }
        return values;
    }

    private float at(int index) {
        return switch (tensor.dtype()) {
            case F64 -> (float) storage.getDouble(index);
            case F32 -> storage.getFloat(index);
            case F16 -> HalfFloats.fromF16(storage.getShort(index));
            case BF16 -> HalfFloats.fromBf16(storage.getShort(index));
            default -> throw new IllegalStateException(tensor.dtype() + " is no floating-point type");
        };
    }
}
