package dev.nla.serve.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Protects which texts' activations are kept: those asked for again, the last used, in no more than the room there is. */
class KeptTextsTest {
    private static final int WIDTH = 2;

    private final KeptTexts kept = new KeptTexts(5L * WIDTH * Float.BYTES);

    private static long[] text(long first, int length) {
        long[] tokens = new long[length];
        tokens[0] = first;
        return tokens;
    }

    private static float[][] activations(int length) {
        return new float[length][WIDTH];
    }

    @Test
    void aTextIsWorthItTheSecondTime() {
        kept.ask(text(1, 2), 0);
        assertThat(kept.worthAll(text(1, 2), 0, WIDTH)).isFalse();
        kept.ask(text(1, 2), 0);
        assertThat(kept.worthAll(text(1, 2), 0, WIDTH)).isTrue();
        assertThat(kept.worthAll(text(1, 2), 1, WIDTH)).as("another block").isFalse();
        kept.ask(text(2, 6), 0);
        kept.ask(text(2, 6), 0);
        assertThat(kept.worthAll(text(2, 6), 0, WIDTH))
                .as("more than there is room for")
                .isFalse();
    }

    @Test
    void thoseUsedLastStay() {
        kept.keep(text(1, 2), 0, activations(2));
        kept.keep(text(2, 2), 0, activations(2));
        assertThat(kept.find(text(1, 2), 0)).isPresent();
        kept.keep(text(3, 3), 0, activations(3));
        assertThat(kept.find(text(2, 2), 0)).isEmpty();
        assertThat(kept.find(text(1, 2), 0)).isPresent();
        assertThat(kept.find(text(3, 3), 0)).isPresent();
        assertThat(kept.find(text(3, 3), 1)).isEmpty();
    }
}
