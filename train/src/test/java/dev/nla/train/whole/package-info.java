/** Whole runs on the tiny world, as users start them: what they learn, leave behind, survive and refuse. */
package dev.nla.train.whole;
