/** Small datasets for tests, of this module and of those that read datasets. */
package dev.nla.data.testing;
