/** Tests of the intervals, the paired test and the corrections, on data whose truth is known. */
package dev.nla.model.stats;
