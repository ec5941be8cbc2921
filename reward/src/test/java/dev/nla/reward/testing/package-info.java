/** What others try their rewards with: the contract of all rewards, and attempts that it is tried on. */
package dev.nla.reward.testing;
