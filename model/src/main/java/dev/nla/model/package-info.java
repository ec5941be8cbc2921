/**
 * The shared inference and injection module: checkpoints, tokenizers, torch kernels, the decoder, LoRA adapters, injection,
 * generation, the verbalizer, the reconstructor and the gap. Nothing here knows of datasets, training or the command line.
 */
package dev.nla.model;
