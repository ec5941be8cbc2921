/** Tests of parameter updates against torch's own numbers. */
package dev.nla.train.optimizer;
