/** A world small enough to train in tests, and what runs leave in their folders. */
package dev.nla.train.testing;
