/**
 * The decoder of every {@link dev.nla.model.config.Family} over one set of TorchScript kernels: block outputs, token scores, generation. It
 * knows tokens and vectors; text, prompts and markers live above it.
 */
package dev.nla.model.decoder;
