/**
 * Work in another process. Work, parts and answers are records, which travel as what they are made of ({@link
 * dev.nla.model.workers.apart.CarriedOutput}). What is too large to travel, or must not be there twice, is named instead: the base model, its
 * tokenizer, the device, and adapters, whose weights come apart from the work and only when they have changed. {@link
 * dev.nla.model.workers.apart.WorkerProcess} holds what is named, and works.
 */
package dev.nla.model.workers.apart;
