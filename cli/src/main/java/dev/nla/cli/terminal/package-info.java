/** How progress and tables are shown: a bar that is drawn over on a terminal, plain lines from time to time anywhere else. */
package dev.nla.cli.terminal;
