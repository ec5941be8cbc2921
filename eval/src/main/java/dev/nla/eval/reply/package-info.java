/**
 * Whether what descriptions say the model is about to say is what it goes on to say: checked against the model's own continuations, so that it takes
 * no label and no critic.
 */
package dev.nla.eval.reply;
