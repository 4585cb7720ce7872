package io.channelwise.bert.internal.files;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/** Writes the weights of a classifier as Hugging Face names them. */
public final class ClassifierWeights {

  private ClassifierWeights() {}

  /** Every tensor of encoder and head with its shape, in a fixed order. */
  public static Map<String, long[]> shapes(BertConfig config) {
    Map<String, long[]> shapes = BertWeightNames.encoder(config);
    shapes.putAll(BertWeightNames.head(config));
    return shapes;
  }

  /**
   * Writes {@code model.safetensors} into a folder, a tensor at a time.
   *
   * @param values of a tensor by its name without prefix
   */
  public static void write(Path folder, BertConfig config, Function<String, FloatBuffer> values)
      throws IOException {
    Map<String, long[]> shapes = new LinkedHashMap<>();
    Map<String, String> names = new LinkedHashMap<>();
    shapes(config)
        .forEach(
            (name, shape) -> {
              shapes.put(BertWeightNames.inFile(name), shape);
              names.put(BertWeightNames.inFile(name), name);
            });
    SafetensorsWriter.write(
        folder.resolve(BertWeightNames.FILE),
        shapes,
        inFile -> values.apply(names.get(inFile)),
        Map.of("format", "pt"));
  }
}
