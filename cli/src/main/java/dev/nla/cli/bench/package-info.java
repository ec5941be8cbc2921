/** What {@code nla bench} measures: the work of each command on made-up activations, through the code that does it for users. */
package dev.nla.cli.bench;
