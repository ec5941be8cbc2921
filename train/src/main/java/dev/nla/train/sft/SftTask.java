package dev.nla.train.sft;

import dev.nla.model.files.ThrowingConsumer;
import dev.nla.model.lora.LoraAdapter;
import dev.nla.model.workers.PartWork;
import dev.nla.model.workers.Parts;
import dev.nla.train.parts.PartGradient;
import dev.nla.train.run.order.PartSeeds;
import dev.nla.train.session.TrainingPlan;
import java.nio.file.Path;
import java.util.Map;

/**
 * What supervised fine-tuning trains: all that differs between verbalizer and reconstructor.
 *
 * @param <P> what is learnt from at a time
 */
interface SftTask<P> {
    /** The adapter in training. */
    LoraAdapter adapter();

    /**
     * Cuts a batch.
     *
     * @param batch its rows
     * @param step all rows of the optimizer step, which the loss is a mean over
     * @param seeds of the step's parts
     */
    Parts<P> parts(int[] batch, int[] step, PartSeeds seeds);

    /** What learns from a part. */
    PartWork<P, PartGradient> gradient();

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
