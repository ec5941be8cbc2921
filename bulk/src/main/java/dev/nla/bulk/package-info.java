/** Many activations put into words: those of texts at many tokens, of datasets and of files, described in blocks, kept as they are done, and written in one of several formats. */
package dev.nla.bulk;
