/** {@code nla recipe}: everything from texts to a trained verbalizer, as settings and commands, which it can run. */
package dev.nla.cli.recipe;
