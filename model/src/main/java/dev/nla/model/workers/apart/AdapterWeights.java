package dev.nla.model.workers.apart;

/**
 * The weights of an adapter as they are at some time.
 *
 * @param version differs wherever the weights do
 * @param values in the order of {@link dev.nla.model.lora.LoraLayout}
 */
public record AdapterWeights(long version, float[] values) {}
