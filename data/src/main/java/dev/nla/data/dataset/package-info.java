/**
 * A dataset on disk: a folder of {@code nla_meta.yaml}, {@code rows.jsonl} and {@code activations.safetensors}, or of shards of both with an
 * index, read with the vectors mapped and written in one pass. How vectors come about is not known here.
 */
package dev.nla.data.dataset;
