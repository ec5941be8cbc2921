package dev.nla.exchange.pickle;

import dev.nla.model.safetensors.DType;
import java.util.List;

/**
 * What a pickle says of a storage, the flat array behind tensors.
 *
 * @param dtype type of its elements
 * @param key its name under {@code data/} in the archive
 * @param length its elements
 */
record Storage(DType dtype, String key, long length) {
    private static final int MOST_DIMENSIONS = 8;
    private static final long MOST_ELEMENTS = 1L << 40;

    /** Reads the persistent id that torch gives a storage: {@code ("storage", type, key, device, length)}. */
    static Storage of(Object id) {
        if (id instanceof List<?> parts
                && parts.size() == 5
                && "storage".equals(parts.get(0))
                && parts.get(1) instanceof Global.StorageType type
                && parts.get(2) instanceof String key
                && parts.get(4) instanceof Long length) {
            if (!key.matches("[0-9]{1,10}") || length < 0 || length > MOST_ELEMENTS) {
                throw new BadPickle("storage '" + key + "' of " + length + " elements cannot be");
            }
            return new Storage(type.dtype(), key, length);
        }
        throw new BadPickle("it refers to something outside that is no storage of a tensor");
    }

    /**
     * Reads the arguments torch makes a tensor of: storage, offset, shape, strides, and what is of no matter here. Everything must lie
     * inside the storage.
     */
    static TorchTensor tensor(List<?> arguments) {
        if (arguments.size() >= 4
                && arguments.get(0) instanceof Storage storage
                && arguments.get(1) instanceof Long offset
                && arguments.get(2) instanceof List<?> sizes
                && arguments.get(3) instanceof List<?> steps) {
            long[] shape = numbers(sizes);
            long[] strides = numbers(steps);
            TorchTensor tensor = new TorchTensor(storage.dtype, shape, strides, offset, storage.key, storage.length);
            if (shape.length != strides.length || shape.length > MOST_DIMENSIONS || !inside(tensor)) {
                throw new BadPickle("a tensor of shape " + sizes + ", strides " + steps + " and offset " + offset
                        + " does not lie inside its storage of " + storage.length + " elements: write the file again");
            }
            return tensor;
        }
        throw new BadPickle("a tensor is made of something else than storage, offset, shape and strides");
    }

    private static boolean inside(TorchTensor tensor) {
        try {
            long last = tensor.offset();
            boolean empty = false;
            for (int i = 0; i < tensor.shape().length; i++) {
                if (tensor.shape()[i] < 0 || tensor.strides()[i] < 0) {
                    return false;
                }
                empty |= tensor.shape()[i] == 0;
                last = Math.addExact(last, Math.multiplyExact(tensor.shape()[i] - 1, tensor.strides()[i]));
            }
            return tensor.offset() >= 0 && (empty || last < tensor.length());
        } catch (ArithmeticException e) {
            return false;
        }
    }

    private static long[] numbers(List<?> values) {
        return values.stream()
                .mapToLong(value -> {
                    if (value instanceof Long number) {
                        return number;
                    }
                    throw new BadPickle("a tensor's shape or strides hold something else than whole numbers");
                })
                .toArray();
    }
}
