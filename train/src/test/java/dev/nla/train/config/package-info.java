/** Tests of settings: reading, refusing, writing back. */
package dev.nla.train.config;
