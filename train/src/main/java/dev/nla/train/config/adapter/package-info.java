/** Settings of verbalizers and reconstructors: their adapters, prompts and read-out, and what a reconstructor is trained with. */
package dev.nla.train.config.adapter;
