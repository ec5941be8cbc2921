/**
 * A template that has been read: expressions, which have values, and statements, which print. Each part computes itself within a scope and
 * a rendering.
 */
package dev.nla.model.template.tree;
