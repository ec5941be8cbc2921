/** Tests of the reconstructor. */
package dev.nla.model.reconstructor;
