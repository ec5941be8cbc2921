/**
 * From a template's text to its tree: the lexers cut it into tokens, the parsers read expressions and statements from these.
 */
package dev.nla.model.template.syntax;
