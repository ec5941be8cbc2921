package dev.nla.train.descriptions;

import dev.nla.model.InputException;
import dev.nla.model.decoder.Mode;
import dev.nla.model.parts.Responses;
import dev.nla.model.verbalizer.Verbalizer;
import dev.nla.model.workers.PartWork;
import dev.nla.model.workers.Parts;
import dev.nla.model.workers.Workers;
import dev.nla.train.parts.DescriptionGradient;
import dev.nla.train.parts.DescriptionNats;
import dev.nla.train.parts.DescriptionPart;
import dev.nla.train.parts.MicroBatches;
import dev.nla.train.parts.PartGradient;
import dev.nla.train.run.order.PartSeeds;
import dev.nla.train.session.TrainingData;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The verbalizer's cross-entropy on rows' descriptions, in nats a token: which rows make a part, and what is computed with one. */
public final class DescriptionLoss {
    private static final int EVALUATION_BATCH = 16;

    private final TrainingData data;
    private final Verbalizer verbalizer;
    private final Mode mode;
    private final MicroBatches microBatches;
    private final Map<Integer, long[]> responses = new LinkedHashMap<>();

    /**
     * Turns the descriptions into tokens.
     *
     * @param mode how the decoder is called in training
     * @param limit the longest description, in tokens
     * @param limitSetting the setting that says so
     * @throws InputException when one is longer
     */
    public DescriptionLoss(
            TrainingData data,
            Verbalizer verbalizer,
            Mode mode,
            Descriptions descriptions,
            MicroBatches microBatches,
            int limit,
            String limitSetting) {
        this.data = data;
        this.verbalizer = verbalizer;
        this.mode = mode;
        this.microBatches = microBatches;
        descriptions.byRow().forEach((row, text) -> {
            long[] tokens = verbalizer.format().response(text);
            if (tokens.length > limit) {
                throw InputException.data(
                        "%s: the description of row %s takes %d tokens, more than %s (%d): raise it or shorten the text",
                        data.folder(), data.row(row).id(), tokens.length, limitSetting, limit);
            }
            responses.put(row, tokens);
        });
    }

    /** What goes through the model at a time. */
    public MicroBatches microBatches() {
        return microBatches;
    }

    /**
     * Cuts a batch.
     *
     * @param batch its rows
     * @param stepTokens tokens of all rows of the optimizer step, which the loss is a mean over
     * @param weight the gradients count so many times
     * @param seeds of the step's parts
     */
    public Parts<DescriptionPart> parts(int[] batch, long stepTokens, double weight, PartSeeds seeds) {
        int prompt = verbalizer.prompt().suffix().length;
        List<int[]> cut = microBatches.of(Arrays.stream(batch), row -> prompt + responses.get(row).length);
        int[] drawn = seeds.next(cut.size());
        return Parts.of(
                cut.size(), i -> new DescriptionPart(responses(cut.get(i), cut.get(i)), stepTokens, weight, drawn[i]));
    }

    /** What learns from a part; its loss is the part's share of the step's, without the weight. */
    public PartWork<DescriptionPart, PartGradient> gradient() {
        return new DescriptionGradient(verbalizer, mode);
    }

    private Responses responses(int[] rows, int[] activationRows) {
        return new Responses(
                data.activations(activationRows),
                Arrays.stream(rows).mapToObj(responses::get).toList());
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
     * @param workers who works on parts
     * @param rows whose descriptions
     * @param activationRows for whose activations, one each
     */
    public double mean(Workers workers, int[] rows, int[] activationRows) {
        int count = (rows.length + EVALUATION_BATCH - 1) / EVALUATION_BATCH;
        Parts<Responses> parts = Parts.of(count, i -> {
            int begin = i * EVALUATION_BATCH;
            int end = Math.min(begin + EVALUATION_BATCH, rows.length);
            return responses(Arrays.copyOfRange(rows, begin, end), Arrays.copyOfRange(activationRows, begin, end));
        });
        double sum = 0;
        for (double nats : workers.all(new DescriptionNats(verbalizer), parts)) {
            sum += nats;
        }
        return sum / tokens(rows);
    }
}
