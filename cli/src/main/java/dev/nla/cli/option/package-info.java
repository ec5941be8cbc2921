/** Options that several commands share, and how their values become models, adapters and folders. */
package dev.nla.cli.option;
