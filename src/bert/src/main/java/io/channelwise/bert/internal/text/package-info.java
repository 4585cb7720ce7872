/** Texts to token ids. The tokenizer is the one of Hugging Face, from the folder of the model. */
package io.channelwise.bert.internal.text;
