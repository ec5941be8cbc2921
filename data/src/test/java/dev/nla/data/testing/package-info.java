/** Small datasets for tests, of this module and of those that use it. */
package dev.nla.data.testing;
