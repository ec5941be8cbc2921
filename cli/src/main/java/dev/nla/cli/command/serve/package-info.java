/** {@code nla serve}: starts the HTTP server over loaded adapters. */
package dev.nla.cli.command.serve;
