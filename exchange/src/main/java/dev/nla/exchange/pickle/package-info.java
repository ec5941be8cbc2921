/**
 * Files of {@code torch.save}, read without ever running what is in them: tensors, dicts, lists, tuples, strings, numbers, bools and None
 * come out, anything else is refused by name. And such files written, for {@code torch.load(weights_only=True)}. Nothing here knows what
 * the keys mean.
 */
package dev.nla.exchange.pickle;
