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
import dev.nla.train.loop.Course;
import dev.nla.train.loop.Learner;
import dev.nla.train.optimizer.Update;
import dev.nla.train.optimizer.Updater;
import dev.nla.train.run.Evaluation;
import dev.nla.train.run.Provenance;
import dev.nla.train.run.StepReport;
import dev.nla.train.session.Checkpointing;
import dev.nla.train.session.MemoryEstimate;
import dev.nla.train.session.TrainingPlan;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Next-token prediction on requests and answers, all weights trained. */
public final class LanguageModelTraining implements Learner {
    private final LmConfig config;
    private final ModelFolder folder;
    private final Tokenizer tokenizer;
    private final Decoder decoder;
    private final FlatWeights weights;
    private final ConversationScores scores;
    private final Conversations conversations;
    private final Course course;
    private final Updater updater;

    private LanguageModelTraining(
            LmConfig config, ModelFolder folder, Tokenizer tokenizer, Conversations conversations) {
        this.config = config;
        this.folder = folder;
        this.tokenizer = tokenizer;
        this.conversations = conversations;
        this.course = Course.of(config, conversations.train().size());
        this.decoder = Decoder.untrained(
                folder.config(), folder.computeType(), config.run().seed());
        this.weights = decoder.weights().orElseThrow();
        this.scores = new ConversationScores(decoder);
        weights.parameters().setRequiresGradient(true);
        this.updater =
                Updater.of(decoder.manager(), List.of(weights.parameters()), config.optimizer(), course.totalSteps());
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

    @Override
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
                course.totalSteps(),
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

    @Override
    public Provenance provenance() {
        return folder.provenance(config, tokenizer);
    }

    @Override
    public int totalSteps() {
        return course.totalSteps();
    }

    @Override
    public List<String> warnings() {
        return List.of();
    }

    @Override
    public String metric() {
        return "loss";
    }

    @Override
    public boolean evaluatesFirst() {
        return false;
    }

    @Override
    public StepReport step(int step) {
        long begin = System.nanoTime();
        List<Turn> turns = Arrays.stream(course.order().rows(step))
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
        return course.report(
                step,
                Map.of("loss", loss, "grad_norm", update.gradientNorm()),
                tokens,
                updater,
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

    @Override
    public Evaluation evaluate(int step) {
        HeldOutLoss loss = scores.heldOut(conversations.heldOut());
        return Evaluation.of(Map.of("loss", loss.answers(), "perplexity", loss.perplexity()));
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

    @Override
    public void save(Path checkpoint) throws IOException {
        folder.save(checkpoint, weights, updater);
    }

    @Override
    public void restore(Path checkpoint) {
        Checkpointing.restore(checkpoint, "", weights, updater);
    }

    @Override
    public String result() {
        return ModelFolder.MODEL;
    }

    @Override
    public void close() {
        updater.close();
        decoder.close();
        tokenizer.close();
    }
}
