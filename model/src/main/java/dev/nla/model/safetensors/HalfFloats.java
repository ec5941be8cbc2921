package dev.nla.model.safetensors;

/** Conversions between float32 and the two 16-bit formats; to 16 bits they round to nearest, ties to even, as torch does. */
public final class HalfFloats {
    private static final int F16_INFINITY = 0x7C00;

    private HalfFloats() {}

    /** Widens bfloat16 bits. */
    public static float fromBf16(short bits) {
        return Float.intBitsToFloat(bits << 16);
    }

    /** Rounds to bfloat16 bits; NaN stays NaN, overflow becomes infinity. */
    public static short toBf16(float value) {
        int bits = Float.floatToRawIntBits(value);
        if (Float.isNaN(value)) {
            return (short) ((bits >>> 16) | 0x40);
        }
        return (short) ((bits + 0x7FFF + ((bits >>> 16) & 1)) >>> 16);
    }

    /** Widens IEEE half-precision bits. */
    public static float fromF16(short bits) {
        int sign = (bits & 0x8000) << 16;
        int exponent = (bits >>> 10) & 0x1F;
        int fraction = bits & 0x3FF;
        if (exponent == 0) {
            float magnitude = fraction * 0x1p-24f;
            return sign == 0 ? magnitude : -magnitude;
        }
        int wideExponent = exponent == 0x1F ? 0xFF : exponent + 112;
        return Float.intBitsToFloat(sign | (wideExponent << 23) | (fraction << 13));
    }

    /** Rounds to IEEE half-precision bits; NaN stays NaN, values from 65520 on become infinity. */
    public static short toF16(float value) {
        int bits = Float.floatToRawIntBits(value);
        int sign = (bits >>> 16) & 0x8000;
        float magnitude = Math.abs(value);
        if (Float.isNaN(value)) {
            return (short) (sign | F16_INFINITY | 0x200 | ((bits >>> 13) & 0x3FF));
        }
        if (magnitude >= 65520f) {
            return (short) (sign | F16_INFINITY);
        }
        if (magnitude < 0x1p-14f) {
            // A subnormal counts steps of 2^-24; rint rounds ties to even, and 1024 steps are the smallest normal
            // number.
            return (short) (sign | (int) Math.rint(magnitude * 0x1p24));
        }
        int wide = bits & 0x7FFFFFFF;
        int rounded = wide + 0xFFF + ((wide >>> 13) & 1);
        return (short) (sign | ((rounded >>> 13) - (112 << 10)));
    }
}
