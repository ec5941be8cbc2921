package dev.nla.serve.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nla.model.decoder.ComputeType;
import dev.nla.model.decoder.Decoder;
import dev.nla.model.testing.Fixtures;
import dev.nla.serve.api.response.Progress;
import dev.nla.serve.engine.work.Work;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Protects long texts: they are read in pieces between others' work, all who wait hear of it, and nobody's is read. */
class LongTextsTest {
    private static final int PIECE = 8;
    private static final int LAYER = 2;

    private static Decoder decoder;

    private final Deque<Work<?, ?>> queue = new ArrayDeque<>();
    private final KeptTexts kept = new KeptTexts(1 << 20);
    private final LongTexts texts = new LongTexts(decoder, kept, PIECE, queue::add);

    @BeforeAll
    static void load() {
        decoder = Decoder.load(Fixtures.checkout("models/scenes"), ComputeType.FLOAT32);
    }

    @AfterAll
    static void unload() {
        decoder.close();
    }

    @Test
    void othersWorkIsDoneBetweenPieces() {
        List<String> heard = new ArrayList<>();
        LongTexts.Task reader = reader(text(20), heard);
        run(reader);
        assertThat(queue).containsExactly(reader);
        assertThat(reader.result()).isNotDone();
        runAll();
        assertThat(heard).containsExactly("8/20", "16/20", "20/20");
        assertThat(reader.result()).isCompleted();
        assertThat(kept.find(text(20), LAYER))
                .hasValueSatisfying(rows -> assertThat(rows).isDeepEqualTo(texts.whole(text(20), LAYER)));
    }

    @Test
    void whoeverAsksForTheSameTextHearsOfTheSameReading() {
        List<String> heard = new ArrayList<>();
        LongTexts.Task first = reader(text(20), new ArrayList<>());
        run(first);
        queue.clear();
        LongTexts.Task second = reader(text(20), heard);
        run(first, second);
        assertThat(heard).containsExactly("16/20");
        queue.clear();
        run(first, second);
        assertThat(first.result()).isCompleted();
        assertThat(second.result()).isCompleted();
        LongTexts.Task late = reader(text(20), heard);
        run(late);
        assertThat(late.result()).isCompleted();
        assertThat(heard).containsExactly("16/20", "20/20");
    }

    @Test
    void anotherTextWaitsUntilTheFirstIsReadOrNobodyWaitsForIt() {
        LongTexts.Task first = reader(text(20), new ArrayList<>());
        List<String> heard = new ArrayList<>();
        LongTexts.Task other = reader(text(30), heard);
        run(first);
        run(other);
        assertThat(heard).isEmpty();
        first.result().cancel(false);
        queue.clear();
        run(other);
        assertThat(heard).containsExactly("8/30");
        runAll();
        assertThat(other.result()).isCompleted();
        assertThat(kept.find(text(20), LAYER)).isEmpty();
    }

    @Test
    void aFailureLeavesNothingBehind() {
        LongTexts.Task broken = reader(new long[] {1, 1L << 40, 1, 1, 1, 1, 1, 1, 1}, new ArrayList<>());
        assertThatThrownBy(() -> run(broken)).hasMessageContaining("vocabulary");
        LongTexts.Task next = reader(text(9), new ArrayList<>());
        run(next);
        runAll();
        assertThat(next.result()).isCompleted();
    }

    @Test
    void onlyLongTextsThatCanBeKeptAreReadInPieces() {
        assertThat(texts.takes(text(PIECE))).isFalse();
        assertThat(texts.takes(text(PIECE + 1))).isTrue();
        int most = (1 << 20) / Float.BYTES / decoder.config().hiddenSize();
        assertThat(texts.takes(new long[most])).isTrue();
        assertThat(texts.takes(new long[most + 1])).isFalse();
    }

    private LongTexts.Task reader(long[] tokens, List<String> heard) {
        return texts.work(tokens, LAYER, new Progress() {
            @Override
            public void written(int sample, String text) {}

            @Override
            public void read(int tokens, int of) {
                heard.add(tokens + "/" + of);
            }
        });
    }

    private static void run(LongTexts.Task... readers) {
        readers[0].kind().runner().run(List.of(readers));
    }

    private void runAll() {
        while (!queue.isEmpty()) {
            run((LongTexts.Task) queue.remove());
        }
    }

    private static long[] text(int tokens) {
        return LongStream.range(0, tokens).map(i -> 5 + i % 40).toArray();
    }
}
