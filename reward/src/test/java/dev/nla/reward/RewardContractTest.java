package dev.nla.reward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.nla.model.gap.Cosine;
import dev.nla.reward.testing.Attempts;
import dev.nla.reward.testing.RewardContract;
import dev.nla.reward.text.TextFacts;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Protects what the rewards that come along promise: what every reward does, and more: they pay better reconstructions more, and do not mind
 * what must not matter (length of a raw reconstruction, a shift of everything seen from the mean).
 */
class RewardContractTest extends RewardContract {
    private static final int D = 6;
    private static final float[] MEAN = {0.5f, -1, 2, 0, 1, -0.25f};

    /** What a reward reads, which decides what must hold of it. */
    private enum Reads {
        RAW_VECTORS,
        CENTERED_VECTORS,
        TEXT
    }

    private record Case(Reward reward, Reads reads) {
        float[] origin() {
            return reads == Reads.CENTERED_VECTORS ? MEAN : new float[D];
        }
    }

    static Stream<Case> cases() {
        Cosine raw = Cosine.raw();
        Cosine centered = Cosine.centered(MEAN);
        return Stream.of(
                new Case(new NegativeMse(Math.sqrt(D)), Reads.RAW_VECTORS),
                new Case(new NegativeLogMse(Math.sqrt(D)), Reads.RAW_VECTORS),
                new Case(new CosineReward(raw), Reads.RAW_VECTORS),
                new Case(new CosineReward(centered), Reads.CENTERED_VECTORS),
                new Case(AgainstNegatives.hardest(raw), Reads.RAW_VECTORS),
                new Case(AgainstNegatives.hardest(centered), Reads.CENTERED_VECTORS),
                new Case(new AgainstNegatives(raw, new Aggregate.Mean()), Reads.RAW_VECTORS),
                new Case(new AgainstNegatives(centered, new Aggregate.SoftMax(0.1)), Reads.CENTERED_VECTORS),
                new Case(new InfoNce(raw, 0.05), Reads.RAW_VECTORS),
                new Case(new InfoNce(centered, 0.05), Reads.CENTERED_VECTORS),
                new Case(new RepetitionPenalty(), Reads.TEXT),
                new Case(new LengthPenalty(10, 60, 20), Reads.TEXT),
                new Case(new FormatPenalty(), Reads.TEXT),
                new Case(
                        new Mixture(List.of(
                                new Weighted(1, new InfoNce(raw, 0.1)),
                                new Weighted(0.5, new CosineReward(raw)),
                                new Weighted(0.1, new LengthPenalty(10, 60, 20)))),
                        Reads.RAW_VECTORS));
    }

    static Stream<Case> rewardsOfVectors() {
        return cases().filter(c -> c.reads() != Reads.TEXT);
    }

    @Override
    protected List<Reward> rewards() {
        return cases().map(Case::reward).toList();
    }

    /** Runs that ask rewards against negatives draw some. */
    @Override
    protected List<Reward> withoutNegatives() {
        return cases().map(Case::reward)
                .filter(reward ->
                        !(reward instanceof AgainstNegatives || reward instanceof InfoNce || reward instanceof Mixture))
                .toList();
    }

    @Test
    void everyRewardIsTriedHere() throws IOException, URISyntaxException {
        Set<Class<?>> tried = cases().map(c -> c.reward().getClass()).collect(Collectors.toSet());
        assertThat(tried).containsExactlyInAnyOrderElementsOf(rewardsThatComeAlong());
    }

    private static List<Class<?>> rewardsThatComeAlong() throws IOException, URISyntaxException {
        Path classes = Path.of(Reward.class.getResource("Reward.class").toURI()).getParent();
        try (Stream<Path> files = Files.list(classes)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.matches("\\w+\\.class"))
                    .<Class<?>>map(name -> load(name.replace(".class", "")))
                    .filter(type -> Reward.class.isAssignableFrom(type) && !type.isInterface())
                    .toList();
        }
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(Reward.class.getPackageName() + "." + name);
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @MethodSource("rewardsOfVectors")
    void paysThePerfectReconstructionMoreThanTheWorst(Case c) {
        float[] target = {1, 2, 3, 4, 5, 6};
        float[] opposite = {-1, -2, -3, -4, -5, -6};
        float[][] negatives = {target, opposite};
        assertThat(c.reward().score(new Attempt(target, target, negatives, Attempts.PLAIN)))
                .isGreaterThan(c.reward().score(new Attempt(opposite, target, negatives, Attempts.PLAIN)));
    }

    @ParameterizedTest
    @MethodSource("rewardsOfVectors")
    void aBetterReconstructionEarnsMore(Case c) {
        double before = c.reward().score(Attempts.onArc(0, c.origin()));
        for (int step = 1; step <= 10; step++) {
            double after = c.reward().score(Attempts.onArc(step / 10.0, c.origin()));
            assertThat(after).isGreaterThan(before);
            before = after;
        }
    }

    @ParameterizedTest
    @MethodSource("rewardsOfVectors")
    void theLengthOfTheReconstructionFromItsOriginDoesNotMatter(Case c) {
        for (long seed = 0; seed < 50; seed++) {
            Attempt a = Attempts.random(D, 3, seed);
            float[] longer = a.reconstruction().clone();
            for (int k = 0; k < D; k++) {
                longer[k] = c.origin()[k] + 8 * (longer[k] - c.origin()[k]);
            }
            assertThat(c.reward().score(new Attempt(longer, a.target(), a.negatives(), a.text())))
                    .isCloseTo(c.reward().score(a), within(1e-4));
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void onlyWhatItReadsMatters(Case c) {
        Attempt a = Attempts.random(D, 3, 1);
        if (c.reads() == Reads.TEXT) {
            Attempt b = Attempts.random(D, 3, 2);
            assertThat(c.reward().score(new Attempt(b.reconstruction(), b.target(), b.negatives(), a.text())))
                    .isEqualTo(c.reward().score(a));
            assertThat(c.reward().score(a)).isBetween(-1.0, 0.0);
            assertThat(c.reward().score(new Attempt(a.reconstruction(), a.target(), a.negatives(), Attempts.PLAIN)))
                    .isZero();
        } else if (!(c.reward() instanceof Mixture)) {
            TextFacts other = new TextFacts("a", 1, 0.9, true);
            assertThat(c.reward().score(new Attempt(a.reconstruction(), a.target(), a.negatives(), other)))
                    .isEqualTo(c.reward().score(a));
        }
    }
}
