package dev.nla.train.grpo;

import dev.nla.train.run.order.PartSeeds;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The reconstructor that scores descriptions, with the adapter it was read with; it closes that. */
sealed interface RolloutCritic extends AutoCloseable permits FrozenCritic, LearningCritic {
    /** Vectors for descriptions, {@code [n][d]}. */
    float[][] reconstruct(List<String> descriptions);

    /**
     * Learns from a step's readable descriptions, after they were scored, and tells how it went; a frozen critic does nothing.
     *
     * @param seeds of the parts of its own step
     */
    Map<String, Double> learn(int step, Rollouts rollouts, PartSeeds seeds);

    /** Bytes of its adapter, and of what teaches it. */
    long bytes();

    /** Writes what a resume needs, and the reconstructor itself where it is no longer the one it started as. */
    void save(Path checkpoint) throws IOException;

    /** Goes on from what {@link #save} wrote. */
    void restore(Path checkpoint);

    @Override
    void close();
}
