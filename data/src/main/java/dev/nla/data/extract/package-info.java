/**
 * Extraction: texts and a model in, a dataset of activations out. It can be killed at any time and goes on where it stopped; what it
 * writes does not depend on whether it was. The model stands behind {@link dev.nla.data.extract.source.ActivationSource}.
 */
package dev.nla.data.extract;
