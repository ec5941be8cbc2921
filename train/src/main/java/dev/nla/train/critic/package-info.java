/** The reconstructor in training: its loss, used by supervised fine-tuning and by critics that learn along in policy optimization. */
package dev.nla.train.critic;
