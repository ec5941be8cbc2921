/** What rewards read in a description: how long it is, how much it repeats itself, whether markup strayed into it. */
package dev.nla.reward.text;
