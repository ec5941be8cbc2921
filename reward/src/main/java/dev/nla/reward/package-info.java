/**
 * What a description earns. A reward is a pure function of a reconstruction, its target, the negatives and facts about the text; how
 * a batch is scored, with descriptions nobody can read at the bottom, stands in {@link dev.nla.reward.BatchRewards}. Nothing here
 * runs a model.
 */
package dev.nla.reward;
