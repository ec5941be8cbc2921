/** {@code nla model}: compares a checkpoint with golden values. */
package dev.nla.cli.command.model;
