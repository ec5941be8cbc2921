/** The quickstart: all stages in a row on the model and the world that ship with the project, and a report of what came of them. */
package dev.nla.cli.quickstart;
