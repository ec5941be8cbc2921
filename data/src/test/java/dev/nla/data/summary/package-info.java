/** Tests of dev.nla.data.summary. */
package dev.nla.data.summary;
