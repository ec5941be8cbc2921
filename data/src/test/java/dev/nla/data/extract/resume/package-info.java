/** Tests of dev.nla.data.extract.resume. */
package dev.nla.data.extract.resume;
