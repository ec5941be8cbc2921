/** Why no GPU is in use, and what to do about it. Looks at files alone; whether a GPU answers, torch says. */
package dev.nla.cli.gpu;
