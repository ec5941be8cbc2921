/** Activations with what a verbalizer wrote about them: the claims that is made of, and how near each text brings the reconstruction. */
package dev.nla.claims.described;
