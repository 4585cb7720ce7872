package io.channelwise.bert.internal.adapter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.channelwise.bert.ModelFormatException;
import io.channelwise.bert.internal.files.BertWeightNames;
import io.channelwise.bert.internal.files.HostTensor;
import io.channelwise.bert.internal.files.SafetensorsReader;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A LoRA adapter as Hugging Face's PEFT saves it: {@code adapter_config.json} and {@code
 * adapter_model.safetensors} (<a
 * href="https://huggingface.co/docs/peft/developer_guides/checkpoint">PEFT checkpoint format</a>).
 *
 * @param settings rank, scale and targets
 * @param tensors by names without PEFT's and BERT's prefixes: the factors and the trained head
 */
public record PeftAdapter(LoraSettings settings, Map<String, HostTensor> tensors) {
  static final String CONFIG = "adapter_config.json";
  static final String WEIGHTS = "adapter_model.safetensors";
  static final String PREFIX = "base_model.model.";
  static final String A = ".lora_A.weight";
  static final String B = ".lora_B.weight";

  private static final ObjectMapper JSON = new ObjectMapper();

  public PeftAdapter {
    tensors = Map.copyOf(tensors);
  }

  /**
   * Reads a folder that PEFT or {@link PeftWriter} wrote.
   *
   * @throws ModelFormatException when it is no LoRA adapter, or of a kind that is not supported
   */
  public static PeftAdapter read(Path folder) {
    Path path = folder.resolve(CONFIG);
    if (!Files.isRegularFile(path) || !Files.isRegularFile(folder.resolve(WEIGHTS))) {
      throw new ModelFormatException(
          "Folder %s is no adapter: it lacks %s or %s. Give the folder that PEFT's save_pretrained or the training wrote."
              .formatted(folder, CONFIG, WEIGHTS));
    }
    LoraSettings settings = settings(path, config(path));
    Map<String, HostTensor> tensors = new LinkedHashMap<>();
    try (SafetensorsReader reader = SafetensorsReader.open(folder.resolve(WEIGHTS))) {
      for (String name : reader.names()) {
        String bare = name.startsWith(PREFIX) ? name.substring(PREFIX.length()) : name;
        tensors.put(BertWeightNames.fromFile(bare), reader.read(name));
      }
    }
    return new PeftAdapter(settings, tensors);
  }

  /** What the adapter's files call the base it was trained on. */
  public static String nameOfBase(Path folder) {
    return config(folder.resolve(CONFIG)).path("base_model_name_or_path").asText("(not said)");
  }

  private static JsonNode config(Path path) {
    try {
      return JSON.readTree(path.toFile());
    } catch (IOException e) {
      throw new ModelFormatException("File " + path + " is no JSON: " + e.getMessage(), e);
    }
  }

  private static LoraSettings settings(Path path, JsonNode config) {
    List<String> wrong = new ArrayList<>();
    String type = config.path("peft_type").asText("missing");
    if (!type.equals("LORA")) {
      wrong.add("peft_type " + type + " instead of LORA");
    }
    for (String option : List.of("use_dora", "use_rslora", "fan_in_fan_out", "lora_bias")) {
      if (config.path(option).asBoolean()) {
        wrong.add(option + " true");
      }
    }
    if (!config.path("bias").asText("none").equals("none")) {
      wrong.add("bias " + config.path("bias").asText());
    }
    for (String option : List.of("rank_pattern", "alpha_pattern")) {
      if (config.path(option).size() > 0) {
        wrong.add(option + " " + config.path(option));
      }
    }
    int rank = config.path("r").asInt();
    double alpha = config.path("lora_alpha").asDouble();
    if (rank < 1 || !(alpha > 0)) {
      wrong.add("r %s and lora_alpha %s".formatted(config.path("r"), config.path("lora_alpha")));
    }
    if (!wrong.isEmpty()) {
      throw new ModelFormatException(
          "File %s is of an adapter that is not supported: %s. Supported is plain LoRA on linear layers."
              .formatted(path, String.join(", ", wrong)));
    }
    List<String> targets = new ArrayList<>();
    config.path("target_modules").forEach(target -> targets.add(target.asText()));
    return new LoraSettings(rank, alpha, targets);
  }

  /**
   * Fails when a tensor belongs to no weight of the base, or does not fit it.
   *
   * @param folder of the adapter
   * @param weights names and shapes of the model's tensors
   */
  public void requireFits(Path folder, Map<String, long[]> weights) {
    List<String> wrong =
        tensors.keySet().stream()
            .filter(name -> !(isFactor(name) ? factorFits(name, weights) : fits(name, weights)))
            .sorted()
            .toList();
    if (!wrong.isEmpty()) {
      throw new ModelFormatException(
          "Adapter %s does not fit the base: %d tensors belong to no weight of it, have no second factor, or another shape: %s. Give the base the adapter was trained on, called %s."
              .formatted(folder, wrong.size(), String.join(", ", wrong), nameOfBase(folder)));
    }
  }

  private static boolean isFactor(String name) {
    return name.endsWith(A) || name.endsWith(B);
  }

  private boolean factorFits(String name, Map<String, long[]> weights) {
    boolean first = name.endsWith(A);
    String module = name.substring(0, name.length() - A.length());
    long[] whole = weights.get(module + ".weight");
    if (whole == null || whole.length != 2 || !tensors.containsKey(module + (first ? B : A))) {
      return false;
    }
    long[] expected =
        first ? new long[] {settings.rank(), whole[1]} : new long[] {whole[0], settings.rank()};
    return Arrays.equals(tensors.get(name).shape(), expected);
  }

  /** A tensor trained as a whole. */
  private boolean fits(String name, Map<String, long[]> weights) {
    return weights.containsKey(name)
        ? Arrays.equals(tensors.get(name).shape(), weights.get(name))
        : BertWeightNames.ignored(name, true);
  }

  /** A tensor of the trained head, if the adapter has it. */
  public Optional<HostTensor> trained(String name) {
    return Optional.ofNullable(tensors.get(name));
  }

  /**
   * A weight of the base with its update added, W + alpha / r · B A, summed in 64 bits.
   *
   * @param name of the weight; others than adapted ones come back as they are
   */
  public FloatBuffer merged(String name, HostTensor weight) {
    String module =
        name.endsWith(".weight") ? name.substring(0, name.length() - ".weight".length()) : name;
    HostTensor a = tensors.get(module + A);
    HostTensor b = tensors.get(module + B);
    if (a == null || b == null) {
      return weight.values();
    }
    int out = (int) weight.shape()[0];
    int in = (int) weight.shape()[1];
    FloatBuffer result = FloatBuffer.allocate(out * in).put(weight.values()).flip();
    FloatBuffer narrow = a.values(); // (r, in)
    FloatBuffer wide = b.values(); // (out, r)
    for (int o = 0; o < out; o++) {
      for (int i = 0; i < in; i++) {
        double sum = 0;
        for (int r = 0; r < settings.rank(); r++) {
          sum += (double) wide.get(o * settings.rank() + r) * narrow.get(r * in + i);
        }
        result.put(o * in + i, (float) (result.get(o * in + i) + settings.scale() * sum));
      }
    }
    return result;
  }
}
