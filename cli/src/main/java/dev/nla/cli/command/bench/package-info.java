/** {@code nla bench}: what is measured, and with which options. */
package dev.nla.cli.command.bench;
