/** Local servers that stand for a hub and for a teacher in tests, of this module and of those that use it. */
package dev.nla.remote.testing;
