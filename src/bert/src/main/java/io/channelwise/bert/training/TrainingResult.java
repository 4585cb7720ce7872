package io.channelwise.bert.training;

import io.channelwise.bert.evaluation.Evaluation;
import java.nio.file.Path;
import java.util.List;

/**
 * A finished training.
 *
 * @param model the Hugging Face directory written
 * @param labels classes in the order of the model's outputs
 * @param steps optimiser steps of the whole run
 * @param finalLoss mean training loss of the last epoch, in nats
 * @param evaluation on the evaluation examples; null when none were given
 * @param seconds wall-clock time of the whole run, sessions before a resume counted; of a few-shot
 *     training, of this session
 * @param tokensPerSecond trained tokens a second, without padding
 * @param textsCut texts longer than the limit, of training and evaluation
 */
public record TrainingResult(
    Path model,
    List<String> labels,
    long steps,
    double finalLoss,
    Evaluation evaluation,
    double seconds,
    double tokensPerSecond,
    int textsCut) {
  public TrainingResult {
    labels = List.copyOf(labels);
  }
}
