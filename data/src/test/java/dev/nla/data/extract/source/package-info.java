/** Tests of dev.nla.data.extract.source. */
package dev.nla.data.extract.source;
