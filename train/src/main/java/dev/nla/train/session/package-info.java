/** What every training loop opens first: base model, tokenizer, dataset, adapters; and how adapters are saved and restored. */
package dev.nla.train.session;
