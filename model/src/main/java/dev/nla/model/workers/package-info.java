/**
 * Who works on the parts that a whole is cut into: this process, or others. {@link dev.nla.model.workers.PartWork} says what is done with a
 * part, {@link dev.nla.model.workers.Parts} what there is to do, and {@link dev.nla.model.workers.Workers} do it and answer in the order
 * of the parts. There is one way to have work done, whoever does it. How work reaches another process is the matter of {@code apart}; how
 * bytes get there, of the module that provides {@link dev.nla.model.workers.WorkersProvider}.
 */
package dev.nla.model.workers;
