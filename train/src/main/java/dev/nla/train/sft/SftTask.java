package dev.nla.train.sft;

import dev.nla.model.files.ThrowingConsumer;
import dev.nla.model.lora.LoraAdapter;
import dev.nla.train.session.TrainingPlan;
import java.nio.file.Path;
import java.util.Map;

/** What supervised fine-tuning trains: the part of the loop that differs between verbalizer and reconstructor. */
interface SftTask {
    /** The adapter in training. */
    LoraAdapter adapter();

    /**
     * Adds the gradients of one micro-batch.
     *
     * @param batch its rows
     * @param step all rows of the optimizer step, which the loss is a mean over
     * @return its share of the step's loss
     */
    double accumulate(int[] batch, int[] step);

    /** Tokens that carry loss in these rows, for {@code num_tokens}. */
    long tokens(int[] rows);

    /** Held-out metrics. */
    Map<String, Double> evaluate();

    /** A line for {@code samples.jsonl}: the held-out row with this number as the adapter sees it now. */
    Map<String, Object> sample(int step, int number);

    /** What the run would do in so many steps. */
    TrainingPlan plan(int totalSteps);

    /** The held-out metric that picks the best checkpoint. */
    String metric();

    /** Writes the adapter folder. */
    ThrowingConsumer<Path> writer();
}
