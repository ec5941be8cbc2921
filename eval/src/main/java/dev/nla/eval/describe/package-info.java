/** Where evaluated descriptions come from and go to: a describer writes them, what it wrote is kept while the evaluation is unfinished, and critics read them. */
package dev.nla.eval.describe;
