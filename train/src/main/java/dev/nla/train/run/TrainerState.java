package dev.nla.train.run;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.nla.train.run.log.Meters;
import java.util.Map;

/**
 * What a run remembers beside adapter and optimizer: {@code trainer_state.json} of a checkpoint.
 *
 * @param step steps done
 * @param best the best held-out value so far, and the state of early stopping
 * @param meters means and totals under way
 * @param logBytes length of each log by its file name, when the checkpoint was made
 * @param samplesDue in checkpoints of earlier versions, made after the evaluation: whether samples of this step were to be written after them
 * @param evaluationDue whether this step was to be evaluated after the checkpoint; false in those of earlier versions
 */
public record TrainerState(
        int step,
        Best best,
        Meters.State meters,
        @JsonProperty("log_bytes") Map<String, Long> logBytes,
        @JsonProperty("samples_due") boolean samplesDue,
        @JsonProperty("evaluation_due") boolean evaluationDue) {
    static final String FILE = "trainer_state.json";

    /** Before the first step; every log is empty. */
    public static TrainerState initial(String metric) {
        return new TrainerState(0, Best.none(metric), Meters.State.empty(), Map.of(), false, false);
    }
}
