/** Texts as a model reads them: how they are rendered and tokenised, and which of their tokens give an activation. */
package dev.nla.data.extract.prompt;
