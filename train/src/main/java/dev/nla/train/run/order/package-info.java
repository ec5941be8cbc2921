/** What a run draws: which rows each step sees, and the seeds of each step and its parts, pure functions of the run's seed. */
package dev.nla.train.run.order;
