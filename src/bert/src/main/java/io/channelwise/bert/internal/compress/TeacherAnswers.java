package io.channelwise.bert.internal.compress;

import io.channelwise.bert.internal.files.Sha256;
import io.channelwise.bert.internal.training.Objective;
import io.channelwise.bert.internal.training.TrainingData;
import io.channelwise.bert.internal.training.Variation;
import io.channelwise.bert.training.TrainingListener;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Trains a student, which begins as a part of its teacher, on labels and on the teacher's answers.
 */
public final class TeacherAnswers implements Variation {
  private final Path teacher;
  private final String teacherSha256;
  private final Path workDir;
  private final String device;
  private final double temperature;
  private final double alpha;

  /**
   * @param teacherSha256 of its weights
   * @param workDir where its answers are kept for a training that is resumed
   */
  public TeacherAnswers(
      Path teacher,
      String teacherSha256,
      Path workDir,
      String device,
      double temperature,
      double alpha) {
    this.teacher = teacher;
    this.teacherSha256 = teacherSha256;
    this.workDir = workDir;
    this.device = device;
    this.temperature = temperature;
    this.alpha = alpha;
  }

  @Override
  public Optional<String> origin() {
    return Optional.of(teacher.toString());
  }

  @Override
  public boolean keepsHead() {
    return true;
  }

  @Override
  public Objective objective(Objective usual, TrainingData data, TrainingListener listener) {
    // The name tells teacher and data: answers of others are never taken for theirs.
    String key = Sha256.of(teacherSha256 + data.sha256()).substring(0, 16);
    Path cache = workDir.resolve("logits-" + key + ".safetensors");
    float[][] logits = TeacherLogits.of(teacher, data, device, cache, listener);
    SoftTargets targets =
        new SoftTargets(
            data.task(), data.labels().size(), logits, data.countedTokens(), temperature);
    return new Distillation(usual, targets, alpha);
  }

  @Override
  public void identify(Map<String, String> identity) {
    identity.put("teacher", teacherSha256);
    identity.put("temperature", Double.toString(temperature));
    identity.put("alpha", Double.toString(alpha));
  }
}
