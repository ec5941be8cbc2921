package dev.nla.model.decoder;

import ai.djl.Device;
import dev.nla.model.InputException;

/** How a frozen model under an adapter that learns holds the weights of its blocks. Head and embedding are held as they are computed. */
public enum BaseType {
    /** In the type that is computed in. */
    SAME(0),
    /** Rounded to 8 bits with a scale for each output, and widened block by block where they are multiplied. */
    INT8(8),
    /** Rounded to 4 bits as in {@link ComputeType#INT4}, and widened likewise. */
    INT4(4);

    private final int bits;

    BaseType(int bits) {
        this.bits = bits;
    }

    /** Bits of a rounded weight; 0 where none is. */
    public int bits() {
        return bits;
    }

    /** Refuses a device or processor that cannot hold weights so. */
    void require(Device device) {
        if (this != SAME && device.isGpu()) {
            throw InputException.usage(
                    "base_dtype is int%d, which is computed on processors only: set it to same", bits);
        }
        if (this == INT4) {
            ComputeType.INT4.require("base_dtype", device);
        }
    }
}
