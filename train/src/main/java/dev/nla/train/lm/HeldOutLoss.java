package dev.nla.train.lm;

/**
 * How well a language model foretells conversations it has not seen.
 *
 * @param answers mean loss of an answer's tokens, in nats
 * @param perplexity of whole conversations, request and answer, without each one's first token
 */
record HeldOutLoss(double answers, double perplexity) {}
