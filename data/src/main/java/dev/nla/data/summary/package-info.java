/** What a dataset looks like at a glance: counts, norms, how much its activations have in common, and what is in it twice. */
package dev.nla.data.summary;
