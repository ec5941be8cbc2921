/**
 * What the variables of a template hold: Python's values, most of them as Java's own (texts, whole and floating point numbers, truth values),
 * the others as classes here. Also the budget that making them takes, and the exception by which a template is refused. Knows nothing of
 * how a template is written.
 */
package dev.nla.model.template.value;
