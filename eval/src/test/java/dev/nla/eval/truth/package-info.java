/** Tests of the truth of descriptions. */
package dev.nla.eval.truth;
