/**
 * Text to token ids and back by Hugging Face's own tokenizer library, and conversations to text by the model's chat template. Works
 * offline. Nothing here knows what a prompt is for.
 */
package dev.nla.model.tokenizer;
