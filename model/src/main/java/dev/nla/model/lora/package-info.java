/**
 * LoRA adapters: which layers they change ({@link dev.nla.model.lora.LoraSpec}), their parameters, and the PEFT folders they are kept in.
 * Nothing here knows what an adapter was trained for.
 */
package dev.nla.model.lora;
