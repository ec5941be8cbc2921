/** Adapters that are loaded or can be: which there are, the memory they take, and how far their claims are to be trusted. */
package dev.nla.serve.engine.adapter;
