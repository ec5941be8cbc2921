/** What a model itself is about to say of a text: part of what the activation at the text's last token holds. */
package dev.nla.data.reply;
