/**
 * Calls: what can be called, what a call is given, and how built-in functions, methods, filters and tests name their parameters.
 */
package dev.nla.model.template.call;
