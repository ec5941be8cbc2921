package dev.nla.model.verbalizer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nla.model.generation.Completion;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Protects which of several descriptions is called the nearest to its activation, and by which cosine. */
class ScoredDescriptionTest {
    private static final float[] ACTIVATION = {10, 1};
    private static final float[][] VECTORS = {{10, -1}, {10.5f, 1.05f}, {10, 2}, {10, 1}};
    private static final List<Description> WRITTEN = List.of(
            description("on the other side", true),
            description("on the same ray", true),
            description("above the mean", true),
            description("cut", false));

    @Test
    void byTheCentredCosineWhereTheVerbalizerHasAMean() {
        List<ScoredDescription> ranked =
                ScoredDescription.nearestFirst(WRITTEN, VECTORS, ACTIVATION, new float[] {10, 0});
        assertThat(ranked)
                .extracting(each -> each.description().text())
                .containsExactly("above the mean", "on the same ray", "on the other side", "cut");
        assertThat(ranked)
                .extracting(each -> each.cosine().orElseThrow().text())
                .containsExactly(
                        "centred cosine 1.000",
                        "centred cosine 0.903",
                        "centred cosine -1.000",
                        "centred cosine 1.000");
    }

    @Test
    void byTheRawCosineWhereItHasNone() {
        List<ScoredDescription> ranked = ScoredDescription.nearestFirst(WRITTEN, VECTORS, ACTIVATION, new float[0]);
        assertThat(ranked)
                .extracting(each -> each.description().text())
                .containsExactly("on the same ray", "above the mean", "on the other side", "cut");
        assertThat(ranked.get(0).cosine().orElseThrow().key()).isEqualTo("cosine_raw");
        assertThat(ranked.get(0).cosine().orElseThrow().text()).isEqualTo("raw cosine 1.000");
    }

    private static Description description(String text, boolean parsed) {
        return new Description(
                text,
                parsed ? Optional.empty() : Optional.of(Explanation.Defect.UNCLOSED),
                new Completion(new long[0], new float[0], parsed));
    }
}
