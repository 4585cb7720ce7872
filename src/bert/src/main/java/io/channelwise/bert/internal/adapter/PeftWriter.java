package io.channelwise.bert.internal.adapter;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.channelwise.bert.internal.files.BertConfig;
import io.channelwise.bert.internal.files.Pooling;
import io.channelwise.bert.internal.files.SafetensorsWriter;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * Writes an adapter so that PEFT's {@code PeftModel.from_pretrained} loads it onto its base. A
 * folder of ours holds {@code config.json} besides, which knows the labels.
 */
public final class PeftWriter {
  private static final ObjectMapper JSON = new ObjectMapper();

  private PeftWriter() {}

  /**
   * Writes the adapter into a folder it makes.
   *
   * @param base as {@code base_model_name_or_path} says it
   * @param config of the trained model
   * @param trained shapes of what is trained: factors and head, by names without prefix
   * @param values of these
   */
  public static void write(
      Path folder,
      LoraSettings settings,
      String base,
      BertConfig config,
      Map<String, long[]> trained,
      Function<String, FloatBuffer> values)
      throws IOException {
    Files.createDirectory(folder);
    // A head on the mean of the states is none of transformers': its base there is the bare
    // encoder.
    boolean known = config.pooling() != Pooling.MEAN;
    Map<String, long[]> shapes = new LinkedHashMap<>();
    Map<String, String> names = new LinkedHashMap<>();
    trained.forEach(
        (name, shape) -> {
          boolean inBert = known && !name.startsWith("classifier.");
          String key = PeftAdapter.PREFIX + (inBert ? "bert." : "") + name;
          shapes.put(key, shape);
          names.put(key, name);
        });
    SafetensorsWriter.write(
        folder.resolve(PeftAdapter.WEIGHTS),
        shapes,
        key -> values.apply(names.get(key)),
        Map.of("format", "pt"));
    ObjectNode node = json(settings, base, config, known);
    JSON.writerWithDefaultPrettyPrinter()
        .writeValue(folder.resolve(PeftAdapter.CONFIG).toFile(), node);
    config.write(folder);
  }

  /** Only keys that every version of PEFT knows. */
  private static ObjectNode json(
      LoraSettings settings, String base, BertConfig config, boolean known) {
    ObjectNode node = JSON.createObjectNode();
    node.putNull("auto_mapping");
    node.put("base_model_name_or_path", base);
    node.put("bias", "none");
    node.put("fan_in_fan_out", false);
    node.put("inference_mode", true);
    node.put("init_lora_weights", true);
    node.putNull("layers_pattern");
    node.putNull("layers_to_transform");
    if (settings.alpha() == Math.rint(settings.alpha())) {
      node.put("lora_alpha", (long) settings.alpha());
    } else {
      node.put("lora_alpha", settings.alpha());
    }
    node.put("lora_dropout", 0.0);
    if (known) {
      ArrayNode whole = node.putArray("modules_to_save").add("classifier");
      if (config.pooling() == Pooling.CLS) {
        whole.add("pooler");
      }
    } else {
      node.putNull("modules_to_save");
    }
    node.put("peft_type", "LORA");
    node.put("r", settings.rank());
    node.putNull("revision");
    ArrayNode targets = node.putArray("target_modules");
    settings.targets().forEach(targets::add);
    node.put(
        "task_type",
        switch (config.pooling()) {
          case CLS -> "SEQ_CLS";
          case NONE -> "TOKEN_CLS";
          case MEAN -> "FEATURE_EXTRACTION";
        });
    return node;
  }
}
