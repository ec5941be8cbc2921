/**
 * Descriptions of texts by a language model behind an OpenAI-compatible endpoint, what supervised fine-tuning begins with. Every answer is
 * kept as it came, so that no text is asked about twice; what counts as a description is what the verbalizer's own reader accepts. Nothing
 * here knows of activations.
 */
package dev.nla.remote.teacher;
