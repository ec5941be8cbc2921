/**
 * A checkpoint's weights on their way into the kernels: which there are, where a file has them, in how many bits they are held. Knows nothing
 * of tokens.
 */
package dev.nla.model.decoder.weights;
