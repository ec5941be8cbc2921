package dev.nla.model.decoder;

/**
 * Which weights are rounded when they are loaded, and to how many bits.
 *
 * @param blocks bits of those of blocks, 0 where they stay
 * @param head bits of the head's, 0 where it stays
 * @param taught whether gradients are to pass through them
 */
record Rounding(int blocks, int head, boolean taught) {
    /** What types ask for. A head in 4 bits would save little time and lose more than all blocks in 8, so that it has 8 beside them. */
    static Rounding of(ComputeType type, BaseType base) {
        if (type.rounds()) {
            return new Rounding(type.weightBits(), ComputeType.INT8.weightBits(), false);
        }
        return new Rounding(base.bits(), 0, true);
    }

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
