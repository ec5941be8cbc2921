/** Whether a claim of a slot is true of a row: by its facts, its text, or its own description. */
package dev.nla.claims.truth;
