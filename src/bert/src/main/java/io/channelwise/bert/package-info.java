/**
 * Fine-tunes, evaluates and runs BERT classifiers on DJL; models are Hugging Face directories.
 * Start at {@link io.channelwise.bert.training.FineTuner}, {@link
 * io.channelwise.bert.evaluation.Evaluator} and {@link io.channelwise.bert.Classifier}.
 */
package io.channelwise.bert;
