/** The index of a dataset in shards: which rows stand in which files, and what these have to hash to. */
package dev.nla.data.dataset.index;
