/**
 * An HTTP server over loaded adapters, and a page to read activations with. {@code api} says what may be asked, {@code engine} answers it
 * with a model, {@code http} carries both; {@link dev.nla.serve.NlaServer} puts them together.
 */
package dev.nla.serve;
