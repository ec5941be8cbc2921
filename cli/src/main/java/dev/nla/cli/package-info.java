/** The command line's entry point: builds the command tree, runs it and turns every outcome into an exit code. */
package dev.nla.cli;
