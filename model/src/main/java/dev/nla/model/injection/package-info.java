/** Putting an activation into a prompt: the marker token, the rescaling, the prompt templates. Bad input is refused here, by name. */
package dev.nla.model.injection;
