package dev.nla.model.gap;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * The reconstructions of N rows beside their activations and negatives. What is asked for is computed when it is asked for first. Not safe
 * for use by several threads.
 */
public final class ScoredRows {
    private final GapInputs inputs;
    private final Map<Form, NegativeSets> negatives;
    private final Map<Form, Map<NegativeRule, GapScores>> scores = new EnumMap<>(Form.class);
    private final Map<Form, int[][]> ranks = new EnumMap<>(Form.class);
    private Fve.Baselines baselines;

    /**
     * Reconstructions to be scored.
     *
     * @param negatives of every form that is asked for
     */
    public ScoredRows(GapInputs inputs, Map<Form, NegativeSets> negatives) {
        this.inputs = inputs;
        this.negatives = negatives;
    }

    /** What is scored. */
    public GapInputs inputs() {
        return inputs;
    }

    /** The same activations and negatives with other reconstructions. */
    public ScoredRows with(GapInputs other) {
        return new ScoredRows(other, negatives);
    }

    /** The negatives of a form. */
    public NegativeSets negatives(Form form) {
        return negatives.get(form);
    }

    /** N. */
    public int size() {
        return inputs.texts();
    }

    /** A row, to compute metrics of. */
    public RowContext row(int row) {
        return new RowContext(this, row);
    }

    /** A value of all rows, [N]. */
    public double[] each(ToDoubleFunction<RowContext> value) {
        return IntStream.range(0, size()).mapToObj(this::row).mapToDouble(value).toArray();
    }

    /** The mean of a value over rows. */
    public double mean(ToDoubleFunction<RowContext> value) {
        return Arrays.stream(each(value)).average().orElseThrow();
    }

    /** The gap of every row in a form under a rule. */
    public GapScores gap(Form form, NegativeRule rule) {
        return scores.computeIfAbsent(form, each -> new EnumMap<>(NegativeRule.class))
                .computeIfAbsent(
                        rule, each -> GapScores.of(inputs, form, negatives(form).of(rule)));
    }

    /** The rank of every reconstruction's own activation among all N, [N][G], 1 at best: N * N * G products of length d. */
    public int[][] ranks(Form form) {
        return ranks.computeIfAbsent(form, each -> {
            RowNearness nearness = RowNearness.of(inputs, form);
            return IntStream.range(0, size())
                    .parallel()
                    .mapToObj(row -> IntStream.range(0, inputs.samples())
                            .map(sample -> nearness.of(row, sample).rank(size(), other -> other != row))
                            .toArray())
                    .toArray(int[][]::new);
        });
    }

    /** What squared errors are held against. */
    Fve.Baselines baselines() {
        if (baselines == null) {
            baselines = Fve.Baselines.of(inputs.activations());
        }
        return baselines;
    }
}
