/** {@code nla train}: runs a stage from its config. */
package dev.nla.cli.command.train;
