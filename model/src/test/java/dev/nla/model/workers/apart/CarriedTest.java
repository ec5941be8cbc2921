package dev.nla.model.workers.apart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nla.model.InputException;
import dev.nla.model.Key;
import dev.nla.model.workers.WorkerFacts;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** Protects what travels between processes: records come back equal, made by their constructors, and what is no value is refused where it is sent. */
class CarriedTest {
    private record Inner(List<float[]> vectors, OptionalDouble cap, OptionalDouble none) {}

    private record Outer(int number, Optional<Inner> inner, Optional<String> missing, long[] seeds, Inner again) {}

    private record Positive(int value) {
        Positive {
            if (value < 1) {
                throw new IllegalArgumentException("not positive");
            }
        }
    }

    private record Holding(Thread thread) {}

    @Test
    void recordsComeBackAsTheyWere() {
        Inner inner = new Inner(List.of(new float[] {1, Float.NaN}), OptionalDouble.of(0.5), OptionalDouble.empty());
        Outer back = carried(new Outer(7, Optional.of(inner), Optional.empty(), new long[] {1L << 40}, inner));
        assertThat(back.number()).isEqualTo(7);
        assertThat(back.missing()).isEmpty();
        assertThat(back.seeds()).containsExactly(1L << 40);
        assertThat(back.inner().orElseThrow()).isSameAs(back.again());
        assertThat(back.again().vectors().get(0)).containsExactly(1, Float.NaN);
        assertThat(back.again().cap()).hasValue(0.5);
        assertThat(back.again().none()).isEmpty();
    }

    @Test
    void aRecordIsMadeByItsConstructor() {
        assertThat(carried(new Positive(3))).isEqualTo(new Positive(3));
        byte[] spoiled = CarriedOutput.bytes(new Stand.ForRecord(Positive.class, new Object[] {-3}), adapter -> 0);
        assertThatThrownBy(() -> CarriedInput.value(spoiled, named -> named)).hasRootCauseMessage("not positive");
    }

    @Test
    void whatIsNoValueIsRefusedWhereItIsSent() {
        Holding thread = new Holding(Thread.currentThread());
        assertThatThrownBy(() -> Packing.part(thread))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Holding");
    }

    @Test
    void aRefusalKeepsItsKindAndItsKeys() {
        InputException refused = InputException.usage("%s: %s is %d", Path.of("x.yaml"), Key.of("max_length"), 3);
        byte[] bytes = Packing.part(new Answer(refused, new WorkerFacts("a", "b", "c", 1, "cpu")));
        assertThatThrownBy(() -> Packing.answer(bytes)).isInstanceOfSatisfying(InputException.class, back -> {
            assertThat(back.kind()).isEqualTo(InputException.Kind.USAGE);
            assertThat(back.message(key -> "--max-length")).isEqualTo("x.yaml: --max-length is 3");
        });
    }

    @SuppressWarnings("unchecked") // what is carried comes back as what it was
    private static <T> T carried(T value) {
        return (T) CarriedInput.value(Packing.part(value), named -> named);
    }
}
