package dev.nla.train.lm;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import dev.nla.model.InputException;
import dev.nla.model.decoder.Decoder;
import dev.nla.model.decoder.FlatWeights;
import dev.nla.model.decoder.Mode;
import dev.nla.model.tokenizer.Tokenizer;
import dev.nla.train.config.LmConfig;
import dev.nla.train.lm.Conversations.Turn;
import dev.nla.train.optimizer.Update;
import dev.nla.train.optimizer.Updater;
import dev.nla.train.run.DataOrder;
import dev.nla.train.run.Learner;
import dev.nla.train.run.Resume;
import dev.nla.train.run.StepReport;
import dev.nla.train.run.TrainingListener;
import dev.nla.train.run.TrainingLoop;
import dev.nla.train.run.TrainingRun;
import dev.nla.train.session.Checkpointing;
import dev.nla.train.session.MemoryEstimate;
import dev.nla.train.session.TrainingPlan;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Next-token prediction on requests and answers, all weights trained. */
public final class LanguageModelTraining implements AutoCloseable {
    private final LmConfig config;
    private final ModelFolder folder;
    private final Tokenizer tokenizer;
    private final Decoder decoder;
    private final FlatWeights weights;
    private final ConversationScores scores;
    private final Conversations conversations;
    private final DataOrder order;
    private final int totalSteps;

    private LanguageModelTraining(
            LmConfig config, ModelFolder folder, Tokenizer tokenizer, Conversations conversations) {
        this.config = config;
        this.folder = folder;
        this.tokenizer = tokenizer;
        this.conversations = conversations;
        int rows = conversations.train().size();
        this.order = new DataOrder(
                config.run().seed(), rows, Math.min(rows, config.budget().rowsPerStep()));
        this.totalSteps = config.budget().totalSteps(rows);
        this.decoder = Decoder.untrained(
                folder.config(), folder.computeType(), config.run().seed());
        this.weights = decoder.weights().orElseThrow();
        this.scores = new ConversationScores(decoder);
    }

    /**
     * Reads architecture, tokenizer and conversations, without starting; the caller closes it.
     *
     * @throws dev.nla.model.InputException when the model's folder or the file of conversations is not as it should be
     */
    public static LanguageModelTraining open(LmConfig config) {
        if (config.run().gradientCheckpointing()) {
            throw InputException.usage(
                    "gradient_checkpointing is true but only adapters can be trained with it: leave it out for lm");
        }
        ModelFolder folder = ModelFolder.open(config);
        Tokenizer tokenizer = Tokenizer.open(config.run().model());
        try {
            Conversations conversations = Conversations.read(
                    config.run().data(),
                    tokenizer,
                    folder.config(),
                    config.report().maxEvalRows());
            return new LanguageModelTraining(config, folder, tokenizer, conversations);
        } catch (RuntimeException | Error e) {
            tokenizer.close();
            throw e;
        }
    }

    /** What the run would do. */
    public TrainingPlan plan() {
        Turn first = conversations.train().get(0);
        int longest = conversations.train().stream()
                .mapToInt(turn -> turn.tokens().length)
                .max()
                .orElseThrow();
        long rows = config.budget().perDeviceTrainBatchSize();
        long parameters = weights.parameters().size();
        return new TrainingPlan(
                conversations.train().size(),
                conversations.heldOut().size(),
                totalSteps,
                parameters,
                new MemoryEstimate(
                                rows,
                                longest,
                                0,
                                rows * longest,
                                decoder.config().layers(),
                                false)
                        .bytes(decoder.config(), decoder.computeType(), parameters),
                tokenizer.decode(first.request(), false),
                -1,
                first.answerStart(),
                List.of());
    }

    /** Trains, evaluates and saves as the settings say, and returns the folder of the best model. */
    public Path train(Resume resume, TrainingListener listener) {
        try (TrainingRun run = TrainingRun.open(
                        config, folder.provenance(config, tokenizer), resume, "loss", totalSteps, listener);
                Updater updater =
                        Updater.of(decoder.manager(), List.of(weights.parameters()), config.optimizer(), totalSteps)) {
            weights.parameters().setRequiresGradient(true);
            return new TrainingLoop(run, new Loop(updater)).toItsEnd();
        }
    }

    private StepReport step(int step, Updater updater) {
        long begin = System.nanoTime();
        List<Turn> turns = Arrays.stream(order.rows(step))
                .mapToObj(conversations.train()::get)
                .toList();
        double total = turns.stream().mapToDouble(this::weight).sum();
        double loss = 0;
        int size = config.budget().perDeviceTrainBatchSize();
        for (int at = 0; at < turns.size(); at += size) {
            loss += accumulate(turns.subList(at, Math.min(at + size, turns.size())), total);
        }
        Update update = updater.apply(step, loss);
        double seconds = (System.nanoTime() - begin) / 1e9;
        int tokens = turns.stream().mapToInt(Turn::predicted).sum();
        return new StepReport(
                step + 1,
                Map.of("loss", loss, "grad_norm", update.gradientNorm()),
                Map.of("num_tokens", (double) tokens),
                Map.of(
                        "learning_rate", update.learningRate(),
                        "epoch", order.epochsAfter(step + 1),
                        "bad_steps", (double) updater.badSteps()),
                Map.of("step_seconds", seconds, "tokens_per_second", tokens / seconds));
    }

    private double weight(Turn turn) {
        return turn.answered() + config.promptLossWeight() * (turn.predicted() - turn.answered());
    }

    private double accumulate(List<Turn> turns, double totalWeight) {
        try (NDManager scope = decoder.manager().newSubManager();
                GradientCollector collector = scope.getEngine().newGradientCollector()) {
            float[] shares = new float[turns.stream().mapToInt(Turn::predicted).sum()];
            int at = 0;
            for (Turn turn : turns) {
                for (int i = 1; i < turn.tokens().length; i++) {
                    double weight = i < turn.answerStart() ? config.promptLossWeight() : 1;
                    shares[at++] = (float) (-weight / totalWeight);
                }
            }
            NDArray loss = scores.logProbabilities(scope, turns, Mode.TRAINING)
                    .mul(scope.create(shares))
                    .sum();
            double value = loss.getFloat();
            collector.backward(loss);
            return value;
        }
    }

    /** What the shared loop asks for. */
    private final class Loop implements Learner {
        private final Updater updater;

        Loop(Updater updater) {
            this.updater = updater;
        }

        @Override
        public void restore(Path checkpoint) {
            Checkpointing.restore(checkpoint, "", weights, updater);
        }

        @Override
        public StepReport step(int step) {
            return LanguageModelTraining.this.step(step, updater);
        }

        @Override
        public void evaluate(int step, TrainingRun run) {
            long begin = System.nanoTime();
            HeldOutLoss loss = scores.heldOut(conversations.heldOut());
            run.evaluated(
                    step,
                    Map.of("loss", loss.answers(), "perplexity", loss.perplexity()),
                    Map.of("eval_seconds", (System.nanoTime() - begin) / 1e9));
        }

        @Override
        public void save(Path checkpoint) throws IOException {
            folder.save(checkpoint, weights, updater);
        }

        @Override
        public Path publish(TrainingRun run) {
            return ModelFolder.publishBest(run);
        }

        @Override
        public int samples() {
            return Math.min(
                    config.report().samplesPerEval(), conversations.heldOut().size());
        }

        @Override
        public Map<String, Object> sample(int step, int number) {
            return Answers.of(decoder, tokenizer, conversations.heldOut().get(number))
                    .line(step);
        }
    }

    @Override
    public void close() {
        decoder.close();
        tokenizer.close();
    }
}
