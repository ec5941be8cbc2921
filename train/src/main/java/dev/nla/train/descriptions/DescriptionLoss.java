package dev.nla.train.descriptions;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import dev.nla.model.InputException;
import dev.nla.model.decoder.Mode;
import dev.nla.model.verbalizer.Verbalizer;
import dev.nla.train.session.MicroBatches;
import dev.nla.train.session.TrainingInputs;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The verbalizer's cross-entropy on rows' descriptions, in nats a token. */
public final class DescriptionLoss {
    private static final int EVALUATION_BATCH = 16;

    private final TrainingInputs inputs;
    private final Verbalizer verbalizer;
    private final Mode mode;
    private final MicroBatches microBatches;
    private final Map<Integer, long[]> responses = new LinkedHashMap<>();

    /**
     * Turns the descriptions into tokens.
     *
     * @param limit the longest description, in tokens
     * @param limitSetting the setting that says so
     * @throws InputException when one is longer
     */
    public DescriptionLoss(
            TrainingInputs inputs,
            Verbalizer verbalizer,
            Descriptions descriptions,
            MicroBatches microBatches,
            int limit,
            String limitSetting) {
        this.inputs = inputs;
        this.verbalizer = verbalizer;
        this.mode = inputs.trainingMode(verbalizer.adapter());
        this.microBatches = microBatches;
        descriptions.byRow().forEach((row, text) -> {
            long[] tokens = verbalizer.format().response(text);
            if (tokens.length > limit) {
                throw InputException.data(
                        "%s: the description of row %s takes %d tokens, more than %s (%d): raise it or shorten the text",
                        inputs.data().folder(), inputs.data().row(row).id(), tokens.length, limitSetting, limit);
            }
            responses.put(row, tokens);
        });
    }

    /**
     * Adds the gradients of a batch.
     *
     * @param batch its rows
     * @param stepTokens tokens of all rows of the optimizer step, which the loss is a mean over
     * @param weight the gradients count so many times
     * @return the batch's share of the step's loss, without the weight
     */
    public double accumulate(int[] batch, long stepTokens, double weight) {
        int prompt = verbalizer.prompt().suffix().length;
        double loss = 0;
        for (int[] part : microBatches.of(Arrays.stream(batch), row -> prompt + responses.get(row).length)) {
            loss += accumulatePart(part, stepTokens, weight);
        }
        return loss;
    }

    private double accumulatePart(int[] rows, long stepTokens, double weight) {
        try (NDManager scope = inputs.decoder().manager().newSubManager();
                GradientCollector collector = scope.getEngine().newGradientCollector()) {
            NDArray loss = logProbabilities(scope, rows, inputs.activations(rows), mode)
                    .sum()
                    .div(scope.create((float) (-stepTokens / weight)));
            double value = loss.getFloat() / weight;
            inputs.decoder().backward(collector, loss);
            return value;
        }
    }

    private NDArray logProbabilities(NDManager scope, int[] rows, float[][] activations, Mode mode) {
        List<long[]> targets = Arrays.stream(rows).mapToObj(responses::get).toList();
        return verbalizer
                .score(scope, activations, targets, verbalizer.adapter(), 1, false, mode)
                .logProbabilities();
    }

    /** Tokens of these rows' descriptions. */
    public long tokens(int[] rows) {
        return Arrays.stream(rows).mapToLong(row -> responses.get(row).length).sum();
    }

    /** Tokens of the longest description. */
    public int longest() {
        return responses.values().stream()
                .mapToInt(tokens -> tokens.length)
                .max()
                .orElseThrow();
    }

    /**
     * The loss without gradients.
     *
     * @param rows whose descriptions
     * @param activationRows for whose activations, one each
     */
    public double mean(int[] rows, int[] activationRows) {
        double sum = 0;
        for (int begin = 0; begin < rows.length; begin += EVALUATION_BATCH) {
            int end = Math.min(begin + EVALUATION_BATCH, rows.length);
            float[][] activations = inputs.activations(Arrays.copyOfRange(activationRows, begin, end));
            try (NDManager scope = inputs.decoder().manager().newSubManager()) {
                int[] batch = Arrays.copyOfRange(rows, begin, end);
                sum -= logProbabilities(scope, batch, activations, Mode.INFERENCE)
                        .sum()
                        .getFloat();
            }
        }
        return sum / tokens(rows);
    }
}
