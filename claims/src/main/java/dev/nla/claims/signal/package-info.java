/** What speaks for a claim: how often samples state it, how probable its words are, and how much nearer it brings the reconstruction. */
package dev.nla.claims.signal;
