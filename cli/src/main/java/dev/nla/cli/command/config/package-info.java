/** {@code nla config}: shows and checks the settings of a run. */
package dev.nla.cli.command.config;
