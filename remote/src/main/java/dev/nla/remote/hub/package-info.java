/**
 * Pulls models and datasets from a Hugging Face hub, or whatever speaks its protocol, into the cache that huggingface_hub keeps: what
 * either pulled, the other finds. Every file is checked against the hub's own checksum before it gets its name. What a model is, is not
 * known here.
 */
package dev.nla.remote.hub;
