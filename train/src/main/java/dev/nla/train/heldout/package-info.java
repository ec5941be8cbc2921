/** What the loops measure on held-out rows while they train. The full evaluation with intervals and controls is the eval module's. */
package dev.nla.train.heldout;
