/** Where a run is followed beside its own files: servers that draw metrics. Trouble with one is told and never ends a run. */
package dev.nla.train.run.tracker;
