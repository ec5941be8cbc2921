/** Tests of what is said of descriptions by their words alone. */
package dev.nla.eval.text;
