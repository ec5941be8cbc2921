/** Tests of what is drawn. */
package dev.nla.cli.terminal;
