/**
 * The tree of commands, one package for each group and one class for each command. A command reads its flags, calls one of the other
 * modules and prints what came back: results on standard output, progress on standard error. What is computed is computed elsewhere.
 */
package dev.nla.cli.command;
