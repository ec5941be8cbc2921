/** The formats that described activations are written in. */
package dev.nla.bulk.output;
