/** Things of one's own that nla finds on its class path. */
package org.example.nla;
