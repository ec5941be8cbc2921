package dev.nla.exchange.pickle;

import dev.nla.model.safetensors.DType;
import java.util.Arrays;

/**
 * A tensor of a torch file: which numbers of which storage it shows. Made by {@link Unpickler}, which checks that it lies inside.
 *
 * @param dtype type of its elements
 * @param shape its dimensions
 * @param strides distance, in elements, between neighbours along each dimension
 * @param offset first element in the storage
 * @param storage name of the storage in the file
 * @param length elements of the storage
 */
public record TorchTensor(DType dtype, long[] shape, long[] strides, long offset, String storage, long length) {
    /** Type and dimensions as a person reads them. */
    public String describe() {
        return dtype + " " + Arrays.toString(shape);
    }

    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }

    @Override
    public String toString() {
        return "tensor " + describe();
    }
}
