package dev.nla.train.grpo;

import dev.nla.model.decoder.CacheBudget;
import dev.nla.model.generation.Sampling;
import dev.nla.model.verbalizer.CompletionReader;
import dev.nla.model.verbalizer.Description;
import dev.nla.model.verbalizer.Verbalizer;
import dev.nla.train.config.GrpoConfig;
import dev.nla.train.config.RolloutSettings;
import dev.nla.train.run.DataOrder;
import dev.nla.train.run.StepSeeds;
import dev.nla.train.session.TrainingInputs;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Samples a group of descriptions of each row; what a row gets depends on the run's seed, the step and the row alone. */
final class Sampler {
    private final TrainingInputs inputs;
    private final Verbalizer verbalizer;
    private final RolloutSettings settings;
    private final RolloutModel writer;
    private final int rowsAtOnce;
    private final StepSeeds seeds;
    private final CompletionReader reader;

    /**
     * @param writer the base model that descriptions are written with
     * @param reader where descriptions end and how they are read
     */
    Sampler(
            GrpoConfig config,
            TrainingInputs inputs,
            Verbalizer verbalizer,
            RolloutModel writer,
            CompletionReader reader) {
        this.inputs = inputs;
        this.verbalizer = verbalizer.on(writer.decoder());
        this.writer = writer;
        this.settings = config.rollouts();
        this.rowsAtOnce = settings.generationBatchSize().orElse(config.budget().rowsPerStep());
        this.seeds = new StepSeeds(config.run().seed());
        this.reader = reader;
    }

    /** The rollouts of a step, counted from 0, for these dataset rows. */
    Rollouts rollOut(int step, int[] rows) {
        Sampling sampling = new Sampling(
                (float) settings.temperature(),
                settings.topK(),
                (float) settings.topP(),
                settings.maxCompletionLength());
        List<List<Description>> groups = new ArrayList<>();
        for (int[] part : DataOrder.split(rows, rowsAtOnce)) {
            long[] rowSeeds = Arrays.stream(part)
                    .mapToLong(row -> seeds.at(step, "rollout " + row))
                    .toArray();
            groups.addAll(verbalizer.describe(
                    inputs.activations(part), sampling, settings.numGenerations(), rowSeeds, reader));
        }
        return Rollouts.of(rows, groups);
    }

    /** Bytes that writing takes beside training: the second copy of the model where there is one, and keys and values. */
    long bytes() {
        int tokens = verbalizer.prompt().suffix().length + settings.maxCompletionLength();
        int most = rowsAtOnce * settings.numGenerations();
        return writer.bytes()
                + CacheBudget.bytes(writer.decoder().config(), writer.decoder().computeType(), tokens, most);
    }
}
