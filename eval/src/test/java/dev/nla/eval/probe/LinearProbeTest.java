package dev.nla.eval.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nla.eval.truth.Fact;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Protects that the probe reads what is there linearly, and reads nothing where there is nothing. */
class LinearProbeTest {
    private static final int WIDTH = 24;
    private static final List<String> COLOURS = List.of("red", "blue", "green", "black");
    private static final List<String> PLACES = List.of("market", "forest", "church");

    private final Random random = new Random(3);

    @Test
    void readsPlantedFacts() {
        assertThat(accuracy(1)).isGreaterThan(0.98);
    }

    @Test
    void readsNoiseAtChance() {
        assertThat(accuracy(0)).isBetween(0.15, 0.45);
    }

    private double accuracy(double signal) {
        float[][] directions = new float[COLOURS.size() + PLACES.size()][];
        for (int i = 0; i < directions.length; i++) {
            directions[i] = noise(1);
        }
        List<List<Fact>> facts = new ArrayList<>();
        float[][] vectors = new float[600][];
        for (int i = 0; i < vectors.length; i++) {
            int colour = random.nextInt(COLOURS.size());
            int place = random.nextInt(PLACES.size());
            facts.add(List.of(new Fact("colour", COLOURS.get(colour)), new Fact("place", PLACES.get(place))));
            vectors[i] = noise(0.3);
            for (int j = 0; j < WIDTH; j++) {
                vectors[i][j] += (float) (5 + signal * (directions[colour][j] + directions[COLOURS.size() + place][j]));
            }
        }
        LinearProbe probe = LinearProbe.fit(java.util.Arrays.copyOf(vectors, 400), facts.subList(0, 400));
        int right = 0;
        for (int i = 400; i < 600; i++) {
            var read = probe.read(vectors[i]);
            for (Fact fact : facts.get(i)) {
                right += fact.value().equals(read.get(fact.attribute())) ? 1 : 0;
            }
        }
        return right / 400.0;
    }

    private float[] noise(double deviation) {
        float[] out = new float[WIDTH];
        for (int i = 0; i < WIDTH; i++) {
            out[i] = (float) (deviation * random.nextGaussian());
        }
        return out;
    }
}
