/** What the tests of the server share. */
package dev.nla.serve.testing;
