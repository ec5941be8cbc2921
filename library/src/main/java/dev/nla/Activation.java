package dev.nla;

import dev.nla.model.InputException;

/** Whether a vector can be an activation. */
final class Activation {
    private Activation() {}

    /** Refuses another length than {@code width} and numbers that are not finite. */
    static void require(String name, float[] vector, int width) {
        if (vector.length != width) {
            throw InputException.usage("%s has %d numbers, expected %d, the model's width", name, vector.length, width);
        }
        for (int i = 0; i < width; i++) {
            if (!Float.isFinite(vector[i])) {
                throw InputException.usage("%s[%d] is %s, expected a finite number", name, i, vector[i]);
            }
        }
    }
}
