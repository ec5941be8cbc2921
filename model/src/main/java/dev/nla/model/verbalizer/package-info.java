/** The activation verbalizer: an activation in, descriptions out. */
package dev.nla.model.verbalizer;
