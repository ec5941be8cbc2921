/** How descriptions state claims: lines with places for values, learnt from descriptions and stored with their dataset. */
package dev.nla.claims.grammar;
