/** What the server counts, in the form that Prometheus reads. */
package dev.nla.serve.metrics;
