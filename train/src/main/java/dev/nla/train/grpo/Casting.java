package dev.nla.train.grpo;

import dev.nla.model.adapter.ReconstructorFolder;
import dev.nla.model.adapter.VerbalizerFolder;
import dev.nla.model.decoder.Decoder;
import dev.nla.model.decoder.Mode;
import dev.nla.model.generation.Sampling;
import dev.nla.model.lora.LoraAdapter;
import dev.nla.model.parts.WriteDescriptions;
import dev.nla.model.verbalizer.CompletionReader;
import dev.nla.model.verbalizer.RawText;
import dev.nla.model.verbalizer.Verbalizer;
import dev.nla.model.workers.Workers;
import dev.nla.train.config.GrpoConfig;
import dev.nla.train.config.policy.ReconstructorMode;
import dev.nla.train.config.policy.RolloutSettings;
import dev.nla.train.descriptions.DescriptionLoss;
import dev.nla.train.descriptions.Descriptions;
import dev.nla.train.heldout.HeldOutGap;
import dev.nla.train.parts.MicroBatches;
import dev.nla.train.run.order.StepSeeds;
import dev.nla.train.session.BaseDecoder;
import dev.nla.train.session.TrainingData;
import dev.nla.train.session.TrainingInputs;
import java.util.Optional;

/** Reads the adapters and makes the {@link Players} that the settings ask for, each with the settings that are its own. */
record Casting(GrpoConfig config, TrainingData data, Decoder decoder, Workers workers, StepSeeds seeds) {
    Casting(GrpoConfig config, TrainingInputs inputs, StepSeeds seeds) {
        this(config, inputs.data(), inputs.decoder(), inputs.workers(), seeds);
    }

    /** @param fixedLength whether every description takes the most tokens and is read as it stands */
    Players players(boolean fixedLength) {
        VerbalizerFolder started =
                VerbalizerFolder.read(config.adapters().verbalizer().folder(), decoder, data.tokenizer());
        started.requireLayer(data.layer());
        ReconstructorFolder reconstructor =
                ReconstructorFolder.read(config.adapters().reconstructor().folder(), decoder, data.tokenizer());
        reconstructor.requireLayer(data.layer());
        RolloutModel writer = RolloutModel.of(
                config.rollouts().rolloutDtype(), config.run().model().folder(), decoder);
        try {
            return players(started.inStage(config.stage().text(), data.origin()), reconstructor, writer, fixedLength);
        } catch (RuntimeException | Error refused) {
            // Everything else is freed with the base model.
            writer.close();
            throw refused;
        }
    }

    private Players players(
            VerbalizerFolder folder, ReconstructorFolder reconstructor, RolloutModel writer, boolean fixedLength) {
        Verbalizer verbalizer = folder.verbalizer();
        LoraAdapter reference = verbalizer.adapter().copy(decoder.manager());
        CompletionReader reader = fixedLength ? new RawText(data.tokenizer()) : verbalizer.format();
        Mode mode = BaseDecoder.trainingMode(config.run(), verbalizer.adapter());
        Policy policy = new Policy(
                data, workers, microBatches(), Policy.gradient(config, verbalizer, reference, writer.own(), mode));
        RolloutCritic critic = critic(reconstructor);
        return new Players(
                folder,
                reference,
                writer,
                sampler(verbalizer.on(writer.decoder()), reader),
                policy,
                supervised(verbalizer, policy),
                critic,
                rewards(reconstructor),
                heldOut(verbalizer, critic));
    }

    private MicroBatches microBatches() {
        long all = (long) config.budget().perDeviceTrainBatchSize()
                * config.rollouts().numGenerations();
        int rows = config.policy().microBatchSize().orElse((int) Math.min(all, Integer.MAX_VALUE));
        return new MicroBatches(rows, config.policy().microBatchTokens());
    }

    private Sampler sampler(Verbalizer writer, CompletionReader reader) {
        RolloutSettings settings = config.rollouts();
        Sampling sampling = new Sampling(
                (float) settings.temperature(),
                settings.topK(),
                (float) settings.topP(),
                settings.maxCompletionLength());
        return new Sampler(
                data,
                workers,
                seeds,
                new WriteDescriptions(writer, sampling, settings.numGenerations(), reader),
                settings.generationBatchSize().orElse(config.budget().rowsPerStep()));
    }

    private Optional<DescriptionLoss> supervised(Verbalizer verbalizer, Policy policy) {
        if (config.policy().sftWeight() == 0) {
            return Optional.empty();
        }
        return Optional.of(new DescriptionLoss(
                data,
                verbalizer,
                policy.mode(),
                Descriptions.of(data, Optional.empty(), verbalizer.format()::foreign),
                policy.microBatches(),
                config.rollouts().maxCompletionLength(),
                "max_completion_length"));
    }

    private RolloutCritic critic(ReconstructorFolder reconstructor) {
        if (config.critic().reconstructorMode() == ReconstructorMode.FROZEN) {
            return new FrozenCritic(workers, reconstructor.reconstructor());
        }
        int most = config.policy().microBatchSize().orElse(LearningCritic.MOST_ROWS);
        return new LearningCritic(
                data,
                workers,
                reconstructor.inStage(config.stage().text(), data.origin()),
                config.critic(),
                config.reconstructorLoss(),
                config.optimizer(),
                new MicroBatches(
                        Math.min(LearningCritic.MOST_ROWS, most),
                        config.policy().microBatchTokens()),
                BaseDecoder.trainingMode(
                        config.run(), reconstructor.reconstructor().adapter()));
    }

    private Rewards rewards(ReconstructorFolder reconstructor) {
        return new Rewards(
                config.reward(),
                config.reconstructorLoss().infoNceTemperature(),
                reconstructor.scale(),
                data,
                decoder.manager());
    }

    private HeldOutDescriptions heldOut(Verbalizer verbalizer, RolloutCritic critic) {
        Sampling greedy = Sampling.greedy(config.rollouts().maxCompletionLength());
        return new HeldOutDescriptions(
                data,
                workers,
                new WriteDescriptions(verbalizer, greedy, 1, verbalizer.format()),
                critic,
                new HeldOutGap(data, decoder.manager()));
    }
}
