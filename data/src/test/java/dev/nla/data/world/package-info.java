/** Tests of the made-up world. */
package dev.nla.data.world;
