/**
 * What templates find ready: the filters, tests and functions of Jinja and transformers, and the methods of Python's texts, lists and
 * mappings. Built-ins see values and the budget, never the rendering they are called in.
 */
package dev.nla.model.template.library;
