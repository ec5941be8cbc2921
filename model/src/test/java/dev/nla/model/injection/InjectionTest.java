package dev.nla.model.injection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.nla.model.InputException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.FloatRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Protects the definition of injection: scaled to the norm and never multiplied by it, centred first where asked, bad vectors refused. */
class InjectionTest {
    @Test
    void scalesToTheNorm() {
        assertThat(Injection.raw(10).apply(new float[] {3, 4})).containsExactly(6, 8);
    }

    @Test
    void subtractsTheCentreFirst() {
        assertThat(new Injection(10, new float[] {1, 1}).apply(new float[] {4, 5}))
                .containsExactly(6, 8);
    }

    @Test
    void aZeroVectorStaysZero() {
        assertThat(Injection.raw(150).apply(new float[3])).containsExactly(0, 0, 0);
    }

    @Property
    void theLengthIsTheNormWhateverTheVectorsScale(
            @ForAll @Size(5) float[] direction, @ForAll @FloatRange(min = 0.01f, max = 1000f) float scale) {
        float[] vector = new float[5];
        for (int i = 0; i < 5; i++) {
            vector[i] = (i + 1 + Math.abs((float) Math.tanh(direction[i]))) * scale;
        }
        double squares = 0;
        for (float x : Injection.raw(150).apply(vector)) {
            squares += (double) x * x;
        }
        assertThat(Math.sqrt(squares)).isCloseTo(150, within(1e-3));
    }

    @Test
    void refusesNormsThatAreNotPositive() {
        for (double norm : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThatThrownBy(() -> Injection.raw(norm))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("injection_norm");
        }
    }

    @Test
    void refusesNumbersThatAreNotFiniteAndForeignMeans() {
        assertThatThrownBy(() -> Injection.raw(1).apply(new float[] {1, Float.NaN}))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("index 1");
        assertThatThrownBy(() -> new Injection(1, new float[3]).apply(new float[2]))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("different models");
    }
}
