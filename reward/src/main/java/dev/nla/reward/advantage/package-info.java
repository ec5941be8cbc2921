/** From rewards to advantages: how much better a description is than the others of its activation. */
package dev.nla.reward.advantage;
