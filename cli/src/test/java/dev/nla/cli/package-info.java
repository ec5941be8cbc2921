/** End-to-end tests of the commands through {@code Main.run}, and of the shape of the whole program. */
package dev.nla.cli;
