/** The server: its connections, who may ask, what it refuses before any route, its access log. */
package dev.nla.serve.http;
