/** What rewards read in a description: whether it can be read at all, how long it is, how much it repeats itself. */
package dev.nla.reward.text;
