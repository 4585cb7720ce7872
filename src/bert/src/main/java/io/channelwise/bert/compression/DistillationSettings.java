package io.channelwise.bert.compression;

import io.channelwise.bert.training.TrainingSettings;

/**
 * How a student learns from its teacher.
 *
 * @param layers of the student, 1 to those of the teacher
 * @param temperature the logits of both are divided by it, above 0; higher shows more of what the
 *     teacher thinks of the other classes
 * @param alpha weight of the given labels, 0 to 1; the teacher's answers weigh the rest
 * @param training how it is trained; its base is not used
 */
public record DistillationSettings(
    int layers, double temperature, double alpha, TrainingSettings training) {
  public DistillationSettings {
    if (layers < 1) {
      throw new IllegalArgumentException("layers is " + layers + "; expected at least 1.");
    }
    if (!(temperature > 0 && temperature <= 100)) {
      throw new IllegalArgumentException(
          "temperature is " + temperature + "; expected above 0 and at most 100.");
    }
    if (!(alpha >= 0 && alpha <= 1)) {
      throw new IllegalArgumentException("alpha is " + alpha + "; expected 0 to 1.");
    }
  }
}
