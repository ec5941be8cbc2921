/** The descriptions that training learns from, and the verbalizer's loss on them. */
package dev.nla.train.descriptions;
