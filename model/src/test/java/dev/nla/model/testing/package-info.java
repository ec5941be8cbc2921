/** Test support that the other modules' tests use too. */
package dev.nla.model.testing;
