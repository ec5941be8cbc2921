package dev.nla.train.grpo;

import dev.nla.model.parts.WriteDescriptions;
import dev.nla.model.verbalizer.Description;
import dev.nla.model.workers.Workers;
import dev.nla.train.heldout.HeldOutGap;
import dev.nla.train.heldout.Samples;
import dev.nla.train.run.Evaluation;
import dev.nla.train.session.TrainingData;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Describes the held-out rows and measures how well the critic finds them again.
 *
 * @param workers who works on parts
 * @param writing what writes, greedily and one description a row
 */
record HeldOutDescriptions(
        TrainingData data, Workers workers, WriteDescriptions writing, RolloutCritic critic, HeldOutGap gap) {
    /** One evaluation, whose first rows are its samples. */
    Evaluation evaluate(int step, int samples) {
        int[] rows = data.heldOutRows();
        List<Description> written =
                workers
                        .all(writing, writing.parts(i -> data.activation(rows[i]), new long[rows.length], rows.length))
                        .stream()
                        .flatMap(List::stream)
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
        return new Evaluation(metrics, Samples.lines(data, step, rows, written, samples));
    }
}
