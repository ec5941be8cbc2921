/** Reports as JSON and as tables. Renders; computes nothing. */
package dev.nla.eval.render;
