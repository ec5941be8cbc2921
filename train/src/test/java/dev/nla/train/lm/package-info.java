/** Tests of training a language model. */
package dev.nla.train.lm;
