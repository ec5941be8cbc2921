/** Tests of what a model is about to say. */
package dev.nla.data.reply;
