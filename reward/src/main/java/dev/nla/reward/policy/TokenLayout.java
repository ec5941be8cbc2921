package dev.nla.reward.policy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;

/** Where the tokens of a micro-batch's descriptions lie. */
public sealed interface TokenLayout {
    /** Tokens of each description, [B]. */
    int[] lengths();

    /** The shape of per-token arrays. */
    Shape shape();

    /** One number a description [B], spread so that it multiplies per-token arrays; owned by {@code manager}. */
    NDArray spread(NDManager manager, float[] perDescription);

    /** 1 where there is a token and 0 elsewhere, float32 of {@link #shape()}; owned by {@code manager}. */
    NDArray mask(NDManager manager);

    /**
     * One description a row, [B, T], padded anywhere.
     *
     * @param kept [B][T], whether there is a token
     */
    record Padded(boolean[][] kept) implements TokenLayout {
        /** From a mask [B, T] of any number type, not zero where there is a token. */
        public static Padded of(NDArray mask) {
            int rows = (int) mask.getShape().get(0);
            int columns = (int) mask.getShape().get(1);
            try (NDArray numbers = mask.toType(DataType.FLOAT32, true)) {
                float[] flat = numbers.toFloatArray();
                boolean[][] kept = new boolean[rows][columns];
                for (int i = 0; i < flat.length; i++) {
                    kept[i / columns][i % columns] = flat[i] != 0;
                }
                return new Padded(kept);
            }
        }

        @Override
        public int[] lengths() {
            int[] lengths = new int[kept.length];
            for (int i = 0; i < kept.length; i++) {
                for (boolean token : kept[i]) {
                    lengths[i] += token ? 1 : 0;
                }
            }
            return lengths;
        }

        @Override
        public Shape shape() {
            return new Shape(kept.length, kept.length == 0 ? 0 : kept[0].length);
        }

        @Override
        public NDArray spread(NDManager manager, float[] perDescription) {
            return manager.create(perDescription, new Shape(kept.length, 1));
        }

        @Override
        public NDArray mask(NDManager manager) {
            Shape shape = shape();
            int columns = (int) shape.get(1);
            float[] flat = new float[(int) shape.size()];
            for (int i = 0; i < flat.length; i++) {
                flat[i] = kept[i / columns][i % columns] ? 1 : 0;
            }
            return manager.create(flat, shape);
        }
    }

    /**
     * All tokens in one row [n], description after description, without padding.
     *
     * @param lengths [B], tokens of each
     */
    record Packed(int[] lengths) implements TokenLayout {
        @Override
        public Shape shape() {
            return new Shape(Arrays.stream(lengths).asLongStream().sum());
        }

        @Override
        public NDArray spread(NDManager manager, float[] perDescription) {
            float[] flat = new float[(int) shape().size()];
            int next = 0;
            for (int i = 0; i < lengths.length; i++) {
                Arrays.fill(flat, next, next + lengths[i], perDescription[i]);
                next += lengths[i];
            }
            return manager.create(flat);
        }

        @Override
        public NDArray mask(NDManager manager) {
            return manager.ones(shape());
        }
    }
}
