/** Checksums of files, by which datasets and texts are told apart. */
package dev.nla.data.digest;
