/** Logs as they are written: JSON lines that can be cut back to a length, points for TensorBoard, means and sums under way. */
package dev.nla.train.run.log;
