/**
 * Training cut into parts: what is cut, and the work on one part.
 *
 * <p>Which rows go through the model at a time is decided by pure functions of rows, lengths and settings ({@link
 * dev.nla.train.parts.MicroBatches}); a part's numbers are put together when it is worked on ({@link dev.nla.model.workers.Parts}). What is done with one part is a {@link dev.nla.model.workers.PartWork}: a pure function of the weights as
 * they are and of the part, which brings its numbers and its seed along, and which returns its gradient or its result. Gradients are added one
 * after the other in the order of the parts ({@link dev.nla.train.parts.GradientSum}). So neither where a part is worked on nor how often
 * changes a digit. Knows no dataset, no run and no loop.
 */
package dev.nla.train.parts;
