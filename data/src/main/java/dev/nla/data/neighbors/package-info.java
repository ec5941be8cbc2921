/**
 * Exact nearest neighbours by cosine, raw or after a mean is taken away, and the file that keeps them beside a dataset. The products
 * run on the tensor engine through its neutral interface.
 */
package dev.nla.data.neighbors;
