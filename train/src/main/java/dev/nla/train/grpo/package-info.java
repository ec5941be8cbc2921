/**
 * Group-relative policy optimization of the verbalizer with the reconstructor as critic. Contrastive and hard-negative training are the same
 * loop; they differ in where negatives come from. Start reading at {@link dev.nla.train.grpo.Grpo}.
 */
package dev.nla.train.grpo;
