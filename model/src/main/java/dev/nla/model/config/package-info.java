/**
 * The architecture of a checkpoint, read from its {@code config.json}. What the decoder cannot compute exactly is refused here, by name,
 * before a single weight is read.
 */
package dev.nla.model.config;
