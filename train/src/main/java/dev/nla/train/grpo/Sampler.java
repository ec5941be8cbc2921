package dev.nla.train.grpo;

import dev.nla.model.decoder.Decoder;
import dev.nla.model.decoder.memory.CacheBudget;
import dev.nla.model.parts.WriteDescriptions;
import dev.nla.model.verbalizer.Description;
import dev.nla.model.workers.Workers;
import dev.nla.train.run.order.StepSeeds;
import dev.nla.train.session.TrainingData;
import java.util.Arrays;
import java.util.List;

/**
 * Samples a group of descriptions of each row; what a row gets depends on the run's seed, the step and the row alone.
 *
 * @param workers who works on parts
 * @param writing what writes
 * @param rowsAtOnce rows that are described at a time, or fewer
 */
record Sampler(TrainingData data, Workers workers, StepSeeds seeds, WriteDescriptions writing, int rowsAtOnce) {
    /** The rollouts of a step, counted from 0, for these dataset rows. */
    Rollouts rollOut(int step, int[] rows) {
        long[] rowSeeds = Arrays.stream(rows)
                .mapToLong(row -> seeds.at(step, "rollout " + row))
                .toArray();
        List<List<Description>> groups =
                workers.all(writing, writing.parts(i -> data.activation(rows[i]), rowSeeds, rowsAtOnce)).stream()
                        .flatMap(List::stream)
                        .toList();
        return Rollouts.of(rows, groups);
    }

    /** Bytes of keys and values that writing takes. */
    long bytes() {
        Decoder decoder = writing.verbalizer().decoder();
        int tokens = writing.verbalizer().prompt().suffix().length
                + writing.sampling().maxNewTokens();
        return CacheBudget.bytes(decoder.config(), decoder.computeType(), tokens, rowsAtOnce * writing.samples());
    }
}
