/** Tests of trackers. */
package dev.nla.train.run.tracker;
