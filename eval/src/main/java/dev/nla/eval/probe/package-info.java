/**
 * What there is to be read before any adapter is trained: the facts that an activation holds for a linear reader, and those the model itself
 * lists when it is shown the text. A verbalizer can hardly do better than the first.
 */
package dev.nla.eval.probe;
