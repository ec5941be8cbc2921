package dev.nla.model.torch;

import java.util.Map;

/**
 * An object of a class that kernels declare, as the value of an attribute: it is made with the module and reads as {@code self.config.heads}.
 *
 * @param file name of the kernel file that declares the class, without its ending
 * @param type name of the class there
 * @param attributes a value for each attribute that the class declares, see {@link KernelModule#load}
 */
public record KernelObject(String file, String type, Map<String, ?> attributes) {}
