/** {@code nla adapter}: writes the sidecar of a PEFT folder, shows what an adapter is, merges it into its base model. */
package dev.nla.cli.command.adapter;
