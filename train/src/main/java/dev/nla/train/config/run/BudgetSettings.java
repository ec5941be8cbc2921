package dev.nla.train.config.run;

import dev.nla.model.InputException;
import dev.nla.train.config.setting.Setting;

/** How long to train, and on how much at a time. */
public record BudgetSettings(
        @Setting(value = "-1", range = "[-1, inf)", meaning = "optimizer steps; -1 leaves it to num_train_epochs")
        int maxSteps,

        @Setting(value = "1", range = "(0, inf)", meaning = "passes over the training rows")
        double numTrainEpochs,

        @Setting(value = "16", range = "[1, inf)", meaning = "rows (sft) or texts (grpo, hardneg) in a batch")
        int perDeviceTrainBatchSize,

        @Setting(value = "1", range = "[1, inf)", meaning = "batches whose gradients make one optimizer step")
        int gradientAccumulationSteps) {
    /** Checks what one range cannot say. */
    public BudgetSettings {
        if (maxSteps == 0) {
            throw InputException.usage("max_steps is 0, expected a number of steps or -1 for num_train_epochs");
        }
    }

    /** Rows that one optimizer step sees (the last step of an epoch may see fewer); no more than there are whole numbers for. */
    public int rowsPerStep() {
        return (int) Math.min(Integer.MAX_VALUE, (long) perDeviceTrainBatchSize * gradientAccumulationSteps);
    }

    /**
     * Optimizer steps of the whole run over {@code rows} training rows, by transformers' rule.
     *
     * @throws InputException (usage) when {@code num_train_epochs} asks for more than can be counted
     */
    public int totalSteps(int rows) {
        if (maxSteps > 0) {
            return maxSteps;
        }
        long stepsPerEpoch = ((long) rows + rowsPerStep() - 1) / rowsPerStep();
        double steps = Math.ceil(numTrainEpochs * stepsPerEpoch);
        if (steps > Integer.MAX_VALUE) {
            throw InputException.usage(
                    "num_train_epochs is %s, which of %d rows makes more than %d steps: lower it, or set max_steps",
                    numTrainEpochs, rows, Integer.MAX_VALUE);
        }
        return (int) Math.max(1, steps);
    }
}
