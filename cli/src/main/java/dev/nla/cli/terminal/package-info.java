/** What all commands show alike: groups of commands, the version, fields, warnings, and progress as a bar on a terminal or plain lines elsewhere. */
package dev.nla.cli.terminal;
