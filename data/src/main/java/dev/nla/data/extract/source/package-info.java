/** Where activations come from: a model that reads tokens and gives the output of a block, and how its folder is told from others. */
package dev.nla.data.extract.source;
