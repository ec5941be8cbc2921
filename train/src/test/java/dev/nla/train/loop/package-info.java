/** Tests of the training loop with a stage that takes no time. */
package dev.nla.train.loop;
