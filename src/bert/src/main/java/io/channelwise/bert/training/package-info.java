/**
 * Fine-tuning: settings in, a Hugging Face directory out, also from few examples or as low-rank
 * updates. Progress and cancellation go through {@link
 * io.channelwise.bert.training.TrainingListener}.
 */
package io.channelwise.bert.training;
