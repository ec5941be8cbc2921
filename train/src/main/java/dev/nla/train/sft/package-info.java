/** Supervised fine-tuning of the verbalizer and of the reconstructor on description pairs. Start reading at {@link dev.nla.train.sft.Sft}. */
package dev.nla.train.sft;
