package dev.nla.train.grpo;

import dev.nla.model.generation.Sampling;
import dev.nla.model.verbalizer.Description;
import dev.nla.model.verbalizer.Verbalizer;
import dev.nla.train.heldout.HeldOutGap;
import dev.nla.train.heldout.Samples;
import dev.nla.train.run.Evaluation;
import dev.nla.train.session.TrainingInputs;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Describes the held-out rows greedily and measures how well the critic finds them again. */
final class HeldOutDescriptions {
    private final TrainingInputs inputs;
    private final Verbalizer verbalizer;
    private final Critic critic;
    private final Sampling sampling;
    private final HeldOutGap gap;

    HeldOutDescriptions(TrainingInputs inputs, Verbalizer verbalizer, Critic critic, int maxTokens) {
        this.inputs = inputs;
        this.verbalizer = verbalizer;
        this.critic = critic;
        this.sampling = Sampling.greedy(maxTokens);
        this.gap = new HeldOutGap(inputs);
    }

    /** One evaluation, whose first rows are its samples. */
    Evaluation evaluate(int step, int samples) {
        int[] rows = inputs.heldOutRows();
        List<Description> written =
                verbalizer.describe(inputs.activations(rows), sampling, 1, new long[rows.length]).stream()
                        .map(group -> group.get(0))
                        .toList();
        List<String> texts = written.stream().map(Description::text).toList();
        Map<String, Double> metrics = new LinkedHashMap<>(gap.measure(critic.reconstruct(texts)));
        metrics.put(
                "completions/mean_length",
                written.stream()
                        .mapToInt(description -> description.completion().tokens().length)
                        .average()
                        .orElseThrow());
        long unparseable =
                written.stream().filter(description -> !description.parsed()).count();
        metrics.put("completions/unparseable_ratio", (double) unparseable / rows.length);
        metrics.put(
                "completions/distinct_ratio", (double) texts.stream().distinct().count() / rows.length);
        return new Evaluation(metrics, Samples.lines(inputs, step, rows, written, samples));
    }
}
