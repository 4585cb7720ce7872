package io.channelwise.bert.internal.compress;

import ai.djl.Device;
import io.channelwise.bert.Task;
import io.channelwise.bert.internal.files.BertConfig;
import io.channelwise.bert.internal.files.HostTensor;
import io.channelwise.bert.internal.files.SafetensorsReader;
import io.channelwise.bert.internal.files.SafetensorsWriter;
import io.channelwise.bert.internal.model.Bert;
import io.channelwise.bert.internal.model.Inference;
import io.channelwise.bert.internal.model.Torch;
import io.channelwise.bert.internal.training.TrainingData;
import io.channelwise.bert.training.TrainingCancelledException;
import io.channelwise.bert.training.TrainingListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Map;

/**
 * The answers of a teacher to the training inputs: computed once, without dropout, and kept in a
 * file for a training that is resumed.
 */
final class TeacherLogits {
  private TeacherLogits() {}

  /**
   * The logits of each input: (C), for tokens (T, C) row-major.
   *
   * @param cache file of an earlier call for the same teacher and data, or to be written
   */
  static float[][] of(
      Path teacher, TrainingData data, String device, Path cache, TrainingListener listener) {
    BertConfig config = BertConfig.readClassifier(teacher);
    int classes = config.labels().size();
    boolean tokens = config.task() == Task.TOKENS;
    int[] sizes =
        data.train().stream().mapToInt(t -> classes * (tokens ? t.length() : 1)).toArray();
    if (Files.exists(cache)) {
      return read(cache, sizes);
    }
    Device target = Torch.device(device);
    float[][] logits;
    try (Bert bert =
        Bert.forTraining(teacher, config, data.vocabulary(), true, 0, Torch.manager(target))) {
      logits = Inference.logits(bert, data.train(), target, () -> stopIfCancelled(listener));
    }
    write(cache, logits);
    return logits;
  }

  private static void stopIfCancelled(TrainingListener listener) {
    if (listener.isCancelled()) {
      throw new TrainingCancelledException(
          "The distillation was cancelled while the teacher answered; nothing was trained.");
    }
  }

  private static float[][] read(Path cache, int[] sizes) {
    try (SafetensorsReader reader = SafetensorsReader.open(cache)) {
      FloatBuffer all = reader.read("logits").values();
      float[][] result = new float[sizes.length][];
      for (int i = 0; i < sizes.length; i++) {
        result[i] = new float[sizes[i]];
        all.get(result[i]);
      }
      return result;
    }
  }

  private static void write(Path cache, float[][] logits) {
    FloatBuffer all = FloatBuffer.allocate(Arrays.stream(logits).mapToInt(l -> l.length).sum());
    for (float[] input : logits) {
      all.put(input);
    }
    try {
      Path fresh = cache.resolveSibling(cache.getFileName() + ".new");
      Files.deleteIfExists(fresh);
      SafetensorsWriter.write(
          fresh,
          Map.of("logits", new HostTensor(new long[] {all.capacity()}, all.flip())),
          Map.of());
      Files.move(fresh, cache, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException("File " + cache + " cannot be written", e);
    }
  }
}
