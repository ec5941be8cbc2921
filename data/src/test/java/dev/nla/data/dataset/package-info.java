/** Tests of dev.nla.data.dataset. */
package dev.nla.data.dataset;
