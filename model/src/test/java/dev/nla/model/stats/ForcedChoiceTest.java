package dev.nla.model.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import dev.nla.model.InputException;
import java.util.Arrays;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Protects the accuracy of a choice among few, against every possible draw of the others. */
class ForcedChoiceTest {
    @Property(tries = 100)
    void isThePartOfAllDrawsInWhichNoOtherIsAhead(
            @ForAll @IntRange(min = 2, max = 6) int choices, @ForAll @IntRange(max = 5) int more) {
        int candidates = choices + more;
        double[] accuracies = new ForcedChoice(choices).accuracies(allRanks(candidates), candidates);
        for (int rank = 1; rank <= candidates; rank++) {
            assertThat(accuracies[rank - 1]).isCloseTo(enumerated(rank, candidates, choices), within(1e-12));
        }
    }

    @Property(tries = 50)
    void blindRanksComeToChance(
            @ForAll @IntRange(min = 2, max = 20) int choices, @ForAll @IntRange(max = 2000) int more) {
        int candidates = choices + more;
        ForcedChoice choice = new ForcedChoice(choices);
        double mean = Arrays.stream(choice.accuracies(allRanks(candidates), candidates))
                .average()
                .orElseThrow();
        assertThat(mean).isCloseTo(choice.chance(), within(1e-9));
        assertThat(choice.chance()).isEqualTo(1.0 / choices);
    }

    @Example
    void theBestRankIsAlwaysChosenAndTheWorstNever() {
        ForcedChoice choice = new ForcedChoice(ForcedChoice.DEFAULT_CHOICES);
        assertThat(choice.accuracies(new int[] {1, 5000, 4992}, 5000)).containsExactly(1, 0, 0);
        assertThat(choice.accuracies(new int[] {4991}, 5000)[0]).isPositive();
    }

    @Example
    void twoChoicesAreThePartOfTheOthersBehind() {
        assertThat(new ForcedChoice(2).accuracies(new int[] {2, 4}, 5)).containsExactly(0.75, 0.25);
    }

    @Example
    void refusesRanksAndNumbersThatCannotBe() {
        ForcedChoice choice = new ForcedChoice(3);
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> choice.accuracies(new int[] {1}, 2))
                .withMessageContaining("2 rows, expected at least 3");
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> choice.accuracies(new int[] {1, 0}, 5))
                .withMessageContaining("row 1 has rank 0, expected 1 to 5");
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> choice.accuracies(new int[] {6}, 5))
                .withMessageContaining("row 0 has rank 6");
        assertThatExceptionOfType(InputException.class).isThrownBy(() -> new ForcedChoice(1));
    }

    /** Goes through all sets of others; the first rank - 1 of them are ahead. */
    private static double enumerated(int rank, int candidates, int choices) {
        int ahead = (1 << (rank - 1)) - 1;
        int[] draws = IntStream.range(0, 1 << (candidates - 1))
                .filter(set -> Integer.bitCount(set) == choices - 1)
                .toArray();
        return Arrays.stream(draws).filter(set -> (set & ahead) == 0).count() / (double) draws.length;
    }

    private static int[] allRanks(int candidates) {
        return IntStream.rangeClosed(1, candidates).toArray();
    }
}
