package dev.nla.data.extract.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nla.model.InputException;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Protects the choice between weights in memory and weights read block by block. */
class WeightsKeptTest {
    private static final long GIB = 1L << 30;

    /** Half a gibibyte is for everything else. */
    @ParameterizedTest
    @CsvSource({
        "AUTO, 8, 16, false",
        "AUTO, 14, 16, false",
        "AUTO, 15, 16, true",
        "HELD, 15, 16, false",
        "STREAMED, 1, 16, true"
    })
    void streamsWhatDoesNotFitUnlessItIsSaid(WeightsKept kept, long weights, long free, boolean streams) {
        assertThat(kept.streams(weights * GIB, GIB, OptionalLong.of(free * GIB)))
                .isEqualTo(streams);
    }

    @Test
    void holdsThemWhereNothingIsKnown() {
        assertThat(WeightsKept.AUTO.streams(100 * GIB, GIB, OptionalLong.empty()))
                .isFalse();
    }

    @Test
    void goesByItsLabel() {
        for (WeightsKept each : WeightsKept.values()) {
            assertThat(WeightsKept.parse("--weights", each.label())).isEqualTo(each);
        }
        assertThatThrownBy(() -> WeightsKept.parse("--weights", "mapped"))
                .isInstanceOf(InputException.class)
                .hasMessage("--weights is 'mapped': give auto, held or streamed");
    }
}
