/** One request and its answer over HTTP: how it is read within limits, answered as JSON or as a stream of events, and noticed when its reader leaves. */
package dev.nla.serve.http.exchange;
