/** Tests of dev.nla.data.split. */
package dev.nla.data.split;
