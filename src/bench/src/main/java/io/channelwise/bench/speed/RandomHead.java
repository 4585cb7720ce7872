package io.channelwise.bench.speed;

import io.channelwise.bert.Task;
import io.channelwise.bert.internal.files.AtomicDirectory;
import io.channelwise.bert.internal.files.BertConfig;
import io.channelwise.bert.internal.files.BertWeightNames;
import io.channelwise.bert.internal.files.HostTensor;
import io.channelwise.bert.internal.files.Pooling;
import io.channelwise.bert.internal.files.SafetensorsWriter;
import io.channelwise.bert.internal.files.TokenizerFile;
import io.channelwise.bert.internal.model.WeightFile;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A base model with a head that was never trained: as fast as one that was. */
final class RandomHead {
  private static final double DEVIATION = 0.02;
  private static final List<String> LABELS = List.of("a", "b", "c", "d", "e", "f", "g", "h");

  private RandomHead() {}

  /** Writes the model into a folder. */
  static void write(Path base, int maxLength, long seed, Path target) {
    BertConfig config =
        BertConfig.read(base).withHead(Task.SEQUENCE, LABELS, Pooling.MEAN, maxLength);
    Random random = new Random(seed);
    Map<String, HostTensor> tensors = new LinkedHashMap<>();
    try (WeightFile weights = new WeightFile(base)) {
      BertWeightNames.encoder(config)
          .keySet()
          .forEach(name -> tensors.put(BertWeightNames.inFile(name), weights.read(name)));
      BertWeightNames.head(config)
          .forEach(
              (name, shape) -> tensors.put(BertWeightNames.inFile(name), drawn(shape, random)));
      AtomicDirectory.replace(
          target,
          folder -> {
            config.write(folder);
            SafetensorsWriter.write(
                folder.resolve(BertWeightNames.FILE), tensors, Map.of("format", "pt"));
            TokenizerFile.copy(base, config.maxPositions(), folder);
          });
    }
  }

  private static HostTensor drawn(long[] shape, Random random) {
    int size = 1;
    for (long axis : shape) {
      size *= (int) axis;
    }
    FloatBuffer values = FloatBuffer.allocate(size);
    while (values.hasRemaining()) {
      values.put((float) (random.nextGaussian() * DEVIATION));
    }
    return new HostTensor(shape, values.flip());
  }
}
