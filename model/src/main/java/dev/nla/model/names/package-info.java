/**
 * How a model's parts are called: in checkpoints, by PEFT, and here. The name spaces and the wrappers that training tools put around names,
 * the tensors of a checkpoint whatever its spelling, and PEFT's rules for choosing modules, with Python's regular expressions. Nothing here
 * reads numbers.
 */
package dev.nla.model.names;
