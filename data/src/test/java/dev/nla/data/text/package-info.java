/** Tests of dev.nla.data.text. */
package dev.nla.data.text;
