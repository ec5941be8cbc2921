/**
 * What unfinished commands keep: pieces of long work in a file beside the output, from which the same command goes on. Knows nothing of what
 * the pieces are.
 */
package dev.nla.data.kept;
