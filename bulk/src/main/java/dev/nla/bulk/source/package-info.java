/** Where the activations come from that are to be described: texts, datasets, files of vectors. */
package dev.nla.bulk.source;
