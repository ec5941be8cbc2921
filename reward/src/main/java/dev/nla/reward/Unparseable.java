package dev.nla.reward;

import dev.nla.model.verbalizer.Explanation;

/**
 * A description that cannot be scored and earns less than any that can.
 *
 * @param defect what is wrong with it
 */
public record Unparseable(Explanation.Defect defect) implements Rollout {}
