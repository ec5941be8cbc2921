/** {@code nla describe}: puts one activation into words. */
package dev.nla.cli.command.describe;
