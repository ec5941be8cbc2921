/** The routes: who may ask, how requests are read from and answers written to HTTP, streams of events, the page. */
package dev.nla.serve.http;
