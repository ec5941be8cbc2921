package dev.nla.model.decoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nla.model.InputException;
import java.util.List;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Protects the split of sequences into what they share and what they do not. */
class TokenBatchTest {
    @Property
    void prefixAndRowsMakeUpTheSequencesAgain(
            @ForAll @Size(min = 1, max = 5)
                    List<@Size(min = 1, max = 6) List<@LongRange(min = 0, max = 1) Long>> lists) {
        List<long[]> sequences = lists.stream()
                .map(list -> list.stream().mapToLong(Long::longValue).toArray())
                .toList();
        TokenBatch batch = TokenBatch.sharingPrefix(sequences);
        for (int i = 0; i < sequences.size(); i++) {
            long[] joined = LongStream.concat(
                            LongStream.of(batch.prefix()),
                            LongStream.of(batch.rows().get(i)))
                    .toArray();
            assertThat(joined).isEqualTo(sequences.get(i));
            assertThat(batch.rows().get(i)).isNotEmpty();
        }
    }

    @Test
    void theLongestCommonBeginningIsShared() {
        TokenBatch batch = TokenBatch.sharingPrefix(List.of(new long[] {1, 2, 3, 4}, new long[] {1, 2, 9}));
        assertThat(batch.prefix()).containsExactly(1, 2);
    }

    @Test
    void emptyRowsAreRefused() {
        assertThatThrownBy(() -> TokenBatch.of(List.of(new long[0]))).isInstanceOf(InputException.class);
    }
}
