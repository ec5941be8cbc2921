package dev.nla.model.safetensors;

import java.util.Arrays;
import java.util.Optional;

/**
 * The element types that are read and written, in the order in which Hugging Face's library sorts them in a file (widest last here, first
 * in the file).
 */
public enum DType {
    /** One byte, 0 or 1. */
    BOOL(1),
    /** Unsigned byte. */
    U8(1),
    /** Signed byte. */
    I8(1),
    /** 16-bit integer. */
    I16(2),
    /** IEEE half precision. */
    F16(2),
    /** The upper half of a float32. */
    BF16(2),
    /** 32-bit integer. */
    I32(4),
    /** Single precision. */
    F32(4),
    /** Double precision. */
    F64(8),
    /** 64-bit integer. */
    I64(8);

    private final int bytes;

    DType(int bytes) {
        this.bytes = bytes;
    }

    /** Bytes an element takes. */
    public int bytes() {
        return bytes;
    }

    /** Whether this is a floating-point type. */
    public boolean isFloat() {
        return this == F64 || this == F32 || this == F16 || this == BF16;
    }

    /** The type with this name in a header. */
    static Optional<DType> named(String name) {
        return Arrays.stream(values()).filter(type -> type.name().equals(name)).findFirst();
    }
}
