package dev.nla.data.world;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Random picks from lists. */
final class Draw {
    private Draw() {}

    static <T> T one(List<T> from, SplittableRandom random) {
        return from.get(random.nextInt(from.size()));
    }

    static <T> List<T> shuffled(List<T> from, SplittableRandom random) {
        List<T> out = new ArrayList<>(from);
        for (int i = out.size() - 1; i > 0; i--) {
            out.set(i, out.set(random.nextInt(i + 1), out.get(i)));
        }
        return out;
    }
}
