/** The activation reconstructor, the critic: a description in, an activation out. */
package dev.nla.model.reconstructor;
