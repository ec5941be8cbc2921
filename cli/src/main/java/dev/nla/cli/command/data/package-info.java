/** {@code nla data}: datasets are extracted, split, described, shown, and exchanged with other projects. */
package dev.nla.cli.command.data;
