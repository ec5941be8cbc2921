package dev.nla.model.decoder.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Protects memory from one long row beside many short ones, and every row from being left out or read twice. */
class TokenRowsTest {
    @Property
    void partsHoldEveryRowOnceAndFewPlaces(
            @ForAll @Size(max = 80) List<@IntRange(min = 1, max = 30_000) Integer> rows,
            @ForAll @IntRange(min = 1, max = 40) int most) {
        int[] lengths = rows.stream().mapToInt(Integer::intValue).toArray();
        int at = 0;
        for (TokenRows.Part part : TokenRows.parts(lengths, most)) {
            assertThat(part.begin()).isEqualTo(at);
            at = part.end();
            int count = part.end() - part.begin();
            int longest = Arrays.stream(lengths, part.begin(), part.end()).max().orElseThrow();
            assertThat(count).isBetween(1, most);
            assertThat(count == 1 || count * longest <= TokenRows.PLACES).isTrue();
        }
        assertThat(at).isEqualTo(lengths.length);
    }

    @Test
    void shortRowsAreReadAsManyAtATimeAsAreAllowed() {
        int[] lengths = new int[70];
        Arrays.fill(lengths, 512);
        assertThat(TokenRows.parts(lengths, 32))
                .containsExactly(new TokenRows.Part(0, 32), new TokenRows.Part(32, 64), new TokenRows.Part(64, 70));
    }
}
