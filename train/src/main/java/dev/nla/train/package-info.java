/**
 * Training: settings, optimizer, run folders, and the loops of supervised fine-tuning and policy optimization. Rewards live in
 * {@code dev.nla.reward}, inference in {@code dev.nla.model}.
 */
package dev.nla.train;
