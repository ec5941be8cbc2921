/** Tests of dev.nla.data.neighbors. */
package dev.nla.data.neighbors;
