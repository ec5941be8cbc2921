/** Training of a language model itself, from nothing, on requests and answers. For models small enough to train where they are used. */
package dev.nla.train.lm;
