/**
 * {@code nla_meta.yaml}, the file beside adapters and datasets that says what they were made with. Every spelling met in public
 * checkpoints is read; one is written, which those systems' own readers accept. Keys that are not known are kept and written back.
 */
package dev.nla.model.sidecar;
