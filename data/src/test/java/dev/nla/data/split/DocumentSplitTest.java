package dev.nla.data.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.nla.data.dataset.Split;
import dev.nla.model.InputException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Protects that splits never cut a document in two, depend only on seed and ids, and meet their ratios. */
class DocumentSplitTest {
    private static List<String> documents(int n) {
        return IntStream.range(0, n).mapToObj(i -> "document-" + i).toList();
    }

    @Property(tries = 200)
    void everyDocumentStandsInOneSplit(
            @ForAll @Size(min = 1, max = 300) List<@IntRange(min = 0, max = 40) Integer> ids, @ForAll long seed) {
        List<String> documents = ids.stream().map(String::valueOf).toList();
        List<Split> splits = new DocumentSplit(seed, SplitRatios.DEFAULT).assign(documents);
        Map<String, Split> seen = new HashMap<>();
        for (int i = 0; i < documents.size(); i++) {
            Split before = seen.putIfAbsent(documents.get(i), splits.get(i));
            assertThat(before == null || before == splits.get(i)).isTrue();
        }
    }

    @Property(tries = 100)
    void rowOrderDoesNotMatter(@ForAll long seed, @ForAll @IntRange(min = 1, max = 60) int n) {
        DocumentSplit split = new DocumentSplit(seed, SplitRatios.DEFAULT);
        List<String> documents = documents(n);
        List<String> shuffled = new ArrayList<>(documents);
        Collections.shuffle(shuffled, new Random(seed));
        List<Split> straight = split.assign(documents);
        List<Split> mixed = split.assign(shuffled);
        for (int i = 0; i < n; i++) {
            assertThat(mixed.get(i)).isEqualTo(straight.get(documents.indexOf(shuffled.get(i))));
        }
    }

    @Property(tries = 100)
    void ratiosOfRowsAreMetWithinTheLargestDocument(
            @ForAll @Size(min = 50, max = 400) List<@IntRange(min = 0, max = 60) Integer> ids, @ForAll long seed) {
        List<String> documents = ids.stream().map(String::valueOf).toList();
        int largest = documents.stream()
                .distinct()
                .mapToInt(document -> Collections.frequency(documents, document))
                .max()
                .orElseThrow();
        List<Split> splits = new DocumentSplit(seed, SplitRatios.DEFAULT).assign(documents);
        for (Split split : Split.values()) {
            double share = SplitRatios.DEFAULT.of(split) * documents.size();
            assertThat((double) Collections.frequency(splits, split)).isCloseTo(share, within(largest + 1.0));
        }
    }

    @Test
    void oneRowDocumentsGiveTheExactRatios() {
        List<Split> splits = new DocumentSplit(7, SplitRatios.DEFAULT).assign(documents(1000));
        assertThat(Collections.frequency(splits, Split.TRAIN)).isEqualTo(800);
        assertThat(Collections.frequency(splits, Split.VALIDATION)).isEqualTo(100);
        assertThat(Collections.frequency(splits, Split.TEST)).isEqualTo(100);
    }

    @Test
    void aFewDocumentsFillEverySplit() {
        for (int n = 3; n < 12; n++) {
            assertThat(new DocumentSplit(1, SplitRatios.DEFAULT).assign(documents(n)))
                    .contains(Split.values());
        }
    }

    @Test
    void anEmptyShareStaysEmpty() {
        SplitRatios halves = SplitRatios.parse("50/0/50");
        List<Split> splits = new DocumentSplit(1, halves).assign(documents(20));
        assertThat(splits).doesNotContain(Split.VALIDATION);
        assertThat(Collections.frequency(splits, Split.TEST)).isEqualTo(10);
        assertThat(new DocumentSplit(1, SplitRatios.parse("1/0/0")).assign(documents(20)))
                .containsOnly(Split.TRAIN);
        assertThat(new DocumentSplit(1, SplitRatios.parse("9/1/0")).assign(documents(20)))
                .containsOnly(Split.TRAIN, Split.VALIDATION);
    }

    @Test
    void anotherSeedGivesAnotherSplit() {
        List<String> documents = documents(200);
        assertThat(new DocumentSplit(1, SplitRatios.DEFAULT).assign(documents))
                .isNotEqualTo(new DocumentSplit(2, SplitRatios.DEFAULT).assign(documents));
    }

    @Test
    void theSplitOfASeedNeverChanges() {
        assertThat(new DocumentSplit(42, SplitRatios.DEFAULT)
                        .assign(documents(10)).stream().map(Split::label))
                .containsExactly(
                        "train", "train", "train", "train", "train", "train", "test", "train", "validation", "train");
    }

    @Test
    void ratiosAreReadAndRefused() {
        assertThat(SplitRatios.parse("0.8/0.1/0.1").train()).isCloseTo(0.8, within(1e-12));
        for (String wrong : List.of("80/20", "a/b/c", "0/50/50", "120/-10/-10", "0/0/0", "")) {
            assertThatThrownBy(() -> SplitRatios.parse(wrong))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("split ratios");
        }
    }
}
