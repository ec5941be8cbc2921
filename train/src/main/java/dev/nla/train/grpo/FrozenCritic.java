package dev.nla.train.grpo;

import dev.nla.model.parts.ReadTexts;
import dev.nla.model.reconstructor.Reconstructor;
import dev.nla.model.workers.Workers;
import dev.nla.train.run.order.PartSeeds;
import dev.nla.train.session.MemoryEstimate;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A critic that stays what it is. */
record FrozenCritic(Workers workers, Reconstructor reconstructor) implements RolloutCritic {
    @Override
    public float[][] reconstruct(List<String> descriptions) {
        return new ReadTexts(reconstructor).of(workers, descriptions);
    }

    @Override
    public Map<String, Double> learn(int step, Rollouts rollouts, PartSeeds seeds) {
        return Map.of();
    }

    @Override
    public long bytes() {
        return MemoryEstimate.fixedBytes(reconstructor.adapter().layout().size());
    }

    @Override
    public void save(Path checkpoint) {}

    @Override
    public void restore(Path checkpoint) {}

    @Override
    public void close() {
        reconstructor.adapter().close();
    }
}
