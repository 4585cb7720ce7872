package io.channelwise.bert;

import io.channelwise.bert.internal.files.AtomicDirectory;
import io.channelwise.bert.internal.files.BertConfig;
import io.channelwise.bert.internal.files.BertWeightNames;
import io.channelwise.bert.internal.files.HostTensor;
import io.channelwise.bert.internal.files.Pooling;
import io.channelwise.bert.internal.files.SafetensorsWriter;
import io.channelwise.bert.internal.files.TokenizerFile;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/** Base models for tests, made once a build. */
public final class TestModels {
  private static final Path CACHE = Path.of("target", "base-models");

  private TestModels() {}

  /** Hugging Face directory of a packaged model. */
  public static Path base(String name) {
    return BaseModels.resolve(name, CACHE);
  }

  /** A BERT of two narrow layers with random weights and MiniLM's tokenizer: trains in moments. */
  public static Path tiny() {
    Path target = CACHE.resolve("tiny");
    Path tokenizer = base("minilm");
    BertConfig config =
        new BertConfig(
            30522, 32, 2, 4, 64, 64, 2, 1e-12, List.of(), Pooling.CLS, 64, Task.SEQUENCE);
    AtomicDirectory.createIfAbsent(target, folder -> write(config, tokenizer, folder));
    return target;
  }

  /**
   * As {@link #tiny}, with a head of random weights for a task.
   *
   * @param labels how many; they are called a, b, c, …
   */
  public static Path tiny(Task task, Pooling pooling, int labels) {
    String kind = task.key() + "-" + pooling.key() + "-" + labels;
    Path target = CACHE.resolve("tiny-" + kind);
    Path base = tiny();
    List<String> names =
        IntStream.range(0, labels).mapToObj(i -> String.valueOf((char) ('a' + i))).toList();
    BertConfig config = BertConfig.read(base).withHead(task, names, pooling, 64);
    AtomicDirectory.createIfAbsent(target, folder -> write(config, base, folder));
    return target;
  }

  private static void write(BertConfig config, Path tokenizer, Path folder) throws IOException {
    config.write(folder);
    Random random = new Random(7);
    Map<String, HostTensor> tensors = new LinkedHashMap<>();
    Map<String, long[]> shapes = BertWeightNames.encoder(config);
    if (!config.labels().isEmpty()) {
      shapes.putAll(BertWeightNames.head(config));
    }
    shapes.forEach(
        (name, shape) -> tensors.put(BertWeightNames.inFile(name), random(name, shape, random)));
    SafetensorsWriter.write(folder.resolve(BertWeightNames.FILE), tensors, Map.of("format", "pt"));
    TokenizerFile.copy(tokenizer, 64, folder);
  }

  private static HostTensor random(String name, long[] shape, Random random) {
    int size = (int) (shape.length == 1 ? shape[0] : shape[0] * shape[1]);
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = name.contains("LayerNorm.weight") ? 1 : (float) (random.nextGaussian() * 0.05);
    }
    return new HostTensor(shape, FloatBuffer.wrap(values));
  }
}
