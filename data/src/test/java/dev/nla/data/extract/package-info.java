/** Tests of dev.nla.data.extract. */
package dev.nla.data.extract;
