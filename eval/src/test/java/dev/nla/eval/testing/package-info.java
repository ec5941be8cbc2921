/** What tests of metrics share, in this project and outside of it: the test jar of this module carries it. */
package dev.nla.eval.testing;
