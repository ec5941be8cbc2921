/**
 * The engine: starting libtorch with fixed threads, and kernels written as TorchScript text. The only package that may import
 * {@code ai.djl.pytorch}; what it hands out are plain {@code ai.djl.ndarray} arrays.
 */
package dev.nla.model.torch;
