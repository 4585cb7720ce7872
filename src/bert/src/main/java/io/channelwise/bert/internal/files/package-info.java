/**
 * Files of a Hugging Face directory: safetensors, config.json, ONNX weights. Everything read here
 * is distrusted, everything written here appears at once or not at all.
 */
package io.channelwise.bert.internal.files;
