package dev.nla.train.lm;

import dev.nla.train.lm.Conversations.Turn;
import java.util.List;

/**
 * Conversations that a language model learns from at a time.
 *
 * @param totalWeight of all tokens of the optimizer step, which the loss is a mean over
 */
record ConversationPart(List<Turn> turns, double totalWeight) {}
