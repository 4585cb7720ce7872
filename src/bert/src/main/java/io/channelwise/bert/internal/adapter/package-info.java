/**
 * LoRA: small trained updates beside frozen weights, and their files as PEFT reads and writes them.
 * The model asks {@link io.channelwise.bert.internal.adapter.LoraWeights} at each linear layer.
 */
package io.channelwise.bert.internal.adapter;
