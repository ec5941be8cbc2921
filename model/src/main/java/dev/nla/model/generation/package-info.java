/** What to generate and what came of it: prompts as tokens, sampling settings, stop sequences, completions. */
package dev.nla.model.generation;
