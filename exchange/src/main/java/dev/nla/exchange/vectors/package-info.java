/** Files of activations as other tools leave them, read vector by vector: safetensors, NumPy's {@code .npy}, torch's {@code .pt}. */
package dev.nla.exchange.vectors;
