/** Looks among what a verbalizer wrote for the claims that bring a reconstruction nearest to an activation. */
package dev.nla.claims.search;
