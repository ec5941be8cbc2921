/**
 * The safetensors format: mapped reading of single files and of sharded checkpoints, and streaming writing. Headers are treated as
 * hostile: nothing in them is believed before it is checked against the file. Nothing here knows which tensors a model has.
 */
package dev.nla.model.safetensors;
