/** Settings that every run has: where things come from and go to, how long it trains, how parameters are updated, what is reported when. */
package dev.nla.train.config.run;
