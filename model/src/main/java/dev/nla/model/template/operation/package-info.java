/**
 * What Python's operators and its {@code str}, {@code repr}, {@code len} and {@code iter} make of values. Each takes what it makes from the
 * budget before it makes it.
 */
package dev.nla.model.template.operation;
