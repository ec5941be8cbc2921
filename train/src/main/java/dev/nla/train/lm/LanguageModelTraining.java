package dev.nla.train.lm;

import dev.nla.model.InputException;
import dev.nla.model.decoder.BaseType;
import dev.nla.model.decoder.Decoder;
import dev.nla.model.decoder.FlatWeights;
import dev.nla.model.tokenizer.Tokenizer;
import dev.nla.model.workers.Parts;
import dev.nla.model.workers.Workers;
import dev.nla.train.config.LmConfig;
import dev.nla.train.config.run.BaseDtype;
import dev.nla.train.lm.Conversations.Turn;
import dev.nla.train.loop.Course;
import dev.nla.train.loop.Learner;
import dev.nla.train.optimizer.Update;
import dev.nla.train.optimizer.Updater;
import dev.nla.train.parts.GradientSum;
import dev.nla.train.run.Evaluation;
import dev.nla.train.run.RunProvenance;
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
    private final ConversationGradient work;
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
        this.work = new ConversationGradient(scores, weights, config.promptLossWeight());
        weights.parameters().setRequiresGradient(true);
        this.updater = Updater.of(decoder.manager(), weights.parameters(), config.optimizer(), course.totalSteps());
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
        if (config.run().baseDtype() != BaseDtype.SAME) {
            throw InputException.usage(
                    "base_dtype is %s but stage lm trains the base model itself: leave it out",
                    config.run().baseDtype().text());
        }
        ModelFolder folder = ModelFolder.open(config);
        Tokenizer tokenizer = Tokenizer.open(config.run().model().folder());
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
                        .bytes(decoder.config(), decoder.computeType(), BaseType.SAME, parameters),
                tokenizer.decode(first.request(), false),
                -1,
                first.answerStart(),
                List.of());
    }

    @Override
    public RunProvenance provenance() {
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
        GradientSum gradient = new GradientSum(weights.parameters().size());
        double loss = gradient.add(Workers.here(), work, parts(turns));
        Update update = updater.apply(step, loss, gradient.values());
        double seconds = (System.nanoTime() - begin) / 1e9;
        int tokens = turns.stream().mapToInt(Turn::predicted).sum();
        return course.report(
                step,
                Map.of("loss", loss, "grad_norm", update.gradientNorm()),
                tokens,
                updater,
                Map.of("step_seconds", seconds, "tokens_per_second", tokens / seconds));
    }

    /** Batches that are learnt from at a time. */
    private Parts<ConversationPart> parts(List<Turn> turns) {
        double total = turns.stream().mapToDouble(work::weight).sum();
        int size = Math.min(config.budget().perDeviceTrainBatchSize(), turns.size());
        return Parts.of(
                (turns.size() + size - 1) / size,
                i -> new ConversationPart(turns.subList(i * size, Math.min((i + 1) * size, turns.size())), total));
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
