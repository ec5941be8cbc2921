/** Tests of what a step is cut into, and of the work on one part. */
package dev.nla.train.parts;
