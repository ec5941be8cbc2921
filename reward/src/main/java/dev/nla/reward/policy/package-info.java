/** The policy-gradient losses of the GRPO family, on per-token log-probabilities. */
package dev.nla.reward.policy;
