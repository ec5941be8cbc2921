/** The texts an activation dataset is made of: one row a text, with its document, category, description and facts. */
package dev.nla.data.text;
