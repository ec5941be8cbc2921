package dev.nla.model.decoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import dev.nla.model.InputException;
import dev.nla.model.testing.Fixtures;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Protects texts that are read in pieces: wherever they are cut, in every family, a block gives what it gives for the whole. */
class ReadingTest {
    private static final int TOKENS = 75;

    static List<String> families() {
        return Fixtures.families();
    }

    @ParameterizedTest
    @MethodSource("families")
    void piecesGiveWhatTheWholeGives(String family) {
        try (Decoder decoder = Decoder.load(Fixtures.golden(family), ComputeType.FLOAT32)) {
            long[] text = text(decoder);
            int block = decoder.config().layers() - 1;
            float[] whole = whole(decoder, text, block);
            for (int piece : new int[] {1, 7, 32, TOKENS, 2 * TOKENS}) {
                float[] pieces = flat(read(decoder, text, block, piece));
                double largest = IntStream.range(0, whole.length)
                        .mapToDouble(i -> Math.abs(whole[i]))
                        .max()
                        .orElseThrow();
                for (int i = 0; i < whole.length; i++) {
                    // Sixteen roundings of float32, of the largest number.
                    assertThat(pieces[i])
                            .describedAs("number %d with pieces of %d", i, piece)
                            .isCloseTo(whole[i], within((float) (Math.max(1, largest) * 16 * Math.ulp(1f))));
                }
            }
        }
    }

    @Test
    void severalTextsMayBeUnderWay() {
        String family = Fixtures.families().get(0);
        try (Decoder decoder = Decoder.load(Fixtures.golden(family), ComputeType.FLOAT32)) {
            long[] text = text(decoder);
            long[] other = IntStream.range(0, TOKENS)
                    .mapToLong(i -> text[TOKENS - 1 - i])
                    .toArray();
            float[][] alone = read(decoder, text, 1, 20);
            try (Reading one = decoder.begin(text, 1);
                    Reading two = decoder.begin(other, 1)) {
                while (!one.finished()) {
                    one.advance(20);
                    two.advance(10);
                }
                assertThat(one.outputs()).isDeepEqualTo(alone);
                assertThat(two.read()).isEqualTo(40);
                assertThatThrownBy(two::outputs).hasMessageContaining("40 of 75");
            }
        }
    }

    @Test
    void whatDoesNotBelongToTheModelIsRefused() {
        String family = Fixtures.families().get(0);
        try (Decoder decoder = Decoder.load(Fixtures.golden(family), ComputeType.FLOAT32)) {
            assertThatThrownBy(() -> decoder.begin(new long[] {1}, 99)).isInstanceOf(InputException.class);
            try (Reading reading = decoder.begin(new long[] {1, 1L << 40}, 0)) {
                assertThatThrownBy(() -> reading.advance(2))
                        .isInstanceOf(InputException.class)
                        .hasMessageContaining("vocabulary");
            }
        }
    }

    private static float[][] read(Decoder decoder, long[] text, int block, int piece) {
        try (Reading reading = decoder.begin(text, block)) {
            while (!reading.finished()) {
                reading.advance(piece);
            }
            return reading.outputs();
        }
    }

    private static float[] whole(Decoder decoder, long[] text, int block) {
        Positions all = new Positions(
                Collections.nCopies(text.length, 0).stream().mapToInt(i -> i).toArray(),
                IntStream.range(0, text.length).toArray());
        try (NDManager scope = decoder.manager().newSubManager()) {
            TokenBatch batch = TokenBatch.of(new long[0], List.of(text));
            return decoder.hidden(scope, batch, decoder.noAdapter(), block, all, Mode.INFERENCE)
                    .toFloatArray();
        }
    }

    private static long[] text(Decoder decoder) {
        return new SplittableRandom(5)
                .longs(TOKENS, 0, decoder.config().vocabularySize())
                .toArray();
    }

    private static float[] flat(float[][] rows) {
        float[] flat = new float[rows.length * rows[0].length];
        for (int i = 0; i < rows.length; i++) {
            System.arraycopy(rows[i], 0, flat, i * rows[0].length, rows[0].length);
        }
        return flat;
    }
}
