package dev.nla.model.decoder.weights;

/**
 * Which weights are rounded when they are loaded, and to how many bits.
 *
 * @param blocks bits of those of blocks, 0 where they stay
 * @param head bits of the head's, 0 where it stays
 * @param taught whether gradients are to pass through them
 */
public record Rounding(int blocks, int head, boolean taught) {
    /** Bits of a weight, 0 where it stays. */
    int bits(WeightSlot slot) {
        if (slot.isHead()) {
            return head;
        }
        return slot.isLayer() ? blocks : 0;
    }

    /** Whether it is needed in the type that is computed in: an embedding that is only looked up is not. */
    boolean computed(WeightSlot slot) {
        return bits(slot) == 0 && !(slot.isEmbedding() && head > 0);
    }
}
