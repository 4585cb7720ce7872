package io.channelwise.bert.internal.files;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Names and shapes of BERT's tensors as Hugging Face writes them, without the {@code bert.} prefix.
 */
public final class BertWeightNames {
  /** The file of the weights in a model's folder. */
  public static final String FILE = "model.safetensors";

  public static final String WORD_EMBEDDINGS = "embeddings.word_embeddings.weight";
  public static final String CLASSIFIER_WEIGHT = "classifier.weight";
  public static final String CLASSIFIER_BIAS = "classifier.bias";
  public static final String POOLER_WEIGHT = "pooler.dense.weight";
  public static final String POOLER_BIAS = "pooler.dense.bias";

  private BertWeightNames() {}

  /** Every tensor of the encoder with its shape, in a fixed order. */
  public static Map<String, long[]> encoder(BertConfig config) {
    long hidden = config.hiddenSize();
    long wide = config.intermediateSize();
    Map<String, long[]> shapes = new LinkedHashMap<>();
    shapes.put(WORD_EMBEDDINGS, new long[] {config.vocabSize(), hidden});
    shapes.put("embeddings.position_embeddings.weight", new long[] {config.maxPositions(), hidden});
    shapes.put(
        "embeddings.token_type_embeddings.weight", new long[] {config.typeVocabSize(), hidden});
    norm(shapes, "embeddings.LayerNorm", hidden);
    for (int i = 0; i < config.layers(); i++) {
      String layer = "encoder.layer." + i + ".";
      linear(shapes, layer + "attention.self.query", hidden, hidden);
      linear(shapes, layer + "attention.self.key", hidden, hidden);
      linear(shapes, layer + "attention.self.value", hidden, hidden);
      linear(shapes, layer + "attention.output.dense", hidden, hidden);
      norm(shapes, layer + "attention.output.LayerNorm", hidden);
      linear(shapes, layer + "intermediate.dense", wide, hidden);
      linear(shapes, layer + "output.dense", hidden, wide);
      norm(shapes, layer + "output.LayerNorm", hidden);
    }
    return shapes;
  }

  /** Every tensor of the head with its shape; the pooler only where the head uses it. */
  public static Map<String, long[]> head(BertConfig config) {
    long hidden = config.hiddenSize();
    Map<String, long[]> shapes = new LinkedHashMap<>();
    if (config.pooling() == Pooling.CLS) {
      linear(shapes, "pooler.dense", hidden, hidden);
    }
    linear(shapes, "classifier", config.labels().size(), hidden);
    return shapes;
  }

  /** The name in a file: everything but the classifier lies under {@code bert.}. */
  public static String inFile(String name) {
    return name.startsWith("classifier.") ? name : "bert." + name;
  }

  /** A name found in a file, without prefix and with today's names for old gamma and beta. */
  public static String fromFile(String name) {
    String bare = name.startsWith("bert.") ? name.substring("bert.".length()) : name;
    return bare.replace("LayerNorm.gamma", "LayerNorm.weight")
        .replace("LayerNorm.beta", "LayerNorm.bias");
  }

  /**
   * Whether a tensor may be there and is not read: position numbers of old files, the heads BERT
   * was pretrained with, a pooler the model does not use, and, below a new head, any old one.
   *
   * @param name without prefix
   * @param withHead whether the folder's own classification head is used
   */
  public static boolean ignored(String name, boolean withHead) {
    return name.equals("embeddings.position_ids")
        || name.startsWith("cls.")
        || name.startsWith("pooler.")
        || (!withHead && (name.startsWith("classifier.") || name.startsWith("qa_outputs.")));
  }

  private static void linear(Map<String, long[]> shapes, String name, long out, long in) {
    shapes.put(name + ".weight", new long[] {out, in});
    shapes.put(name + ".bias", new long[] {out});
  }

  private static void norm(Map<String, long[]> shapes, String name, long size) {
    shapes.put(name + ".weight", new long[] {size});
    shapes.put(name + ".bias", new long[] {size});
  }
}
