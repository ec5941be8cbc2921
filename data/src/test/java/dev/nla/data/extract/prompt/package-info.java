/** Tests of dev.nla.data.extract.prompt. */
package dev.nla.data.extract.prompt;
