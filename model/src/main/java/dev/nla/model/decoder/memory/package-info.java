/** What passes of the model take of memory, and how batches are cut to what there is. */
package dev.nla.model.decoder.memory;
