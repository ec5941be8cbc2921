package dev.nla.train.run;

import java.util.Map;

/**
 * What one optimizer step has to tell.
 *
 * @param step steps done, this one included
 * @param averaged values whose mean since the last line is logged, such as {@code loss}; values that are not finite are left out
 * @param summed amounts whose total since the run's start is logged, such as {@code num_tokens}
 * @param latest values that are logged as they are, such as {@code learning_rate}
 * @param timings seconds or rates, which differ from run to run and therefore never enter {@code metrics.jsonl}; averaged
 */
public record StepReport(
        int step,
        Map<String, Double> averaged,
        Map<String, Double> summed,
        Map<String, Double> latest,
        Map<String, Double> timings) {}
