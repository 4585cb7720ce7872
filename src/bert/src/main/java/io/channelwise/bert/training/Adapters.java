package io.channelwise.bert.training;

import io.channelwise.bert.BaseModels;
import io.channelwise.bert.Classifier;
import io.channelwise.bert.ModelFormatException;
import io.channelwise.bert.internal.adapter.PeftAdapter;
import io.channelwise.bert.internal.files.AtomicDirectory;
import io.channelwise.bert.internal.files.BertConfig;
import io.channelwise.bert.internal.files.ClassifierWeights;
import io.channelwise.bert.internal.files.HostTensor;
import io.channelwise.bert.internal.files.TokenizerFile;
import io.channelwise.bert.internal.model.WeightFile;
import io.channelwise.bert.internal.report.ModelFiles;
import java.nio.FloatBuffer;
import java.nio.file.Path;

/** LoRA adapters in the format of Hugging Face's PEFT, as {@link FineTuner} writes them. */
public final class Adapters {

  private Adapters() {}

  /**
   * Adds an adapter's updates to its base and writes the whole as a Hugging Face directory, which
   * {@link Classifier} loads and which no longer needs PEFT.
   *
   * @param base {@code bge-small-zh}, {@code minilm} or a Hugging Face directory
   * @param adapter folder with {@code adapter_config.json}, {@code adapter_model.safetensors} and a
   *     {@code config.json} that knows the labels
   * @param baseModels where packaged weights are imported to, or found
   * @param outDir replaced as a whole
   * @throws ModelFormatException when the adapter cannot be read or does not fit the base
   */
  public static void merge(String base, Path adapter, Path baseModels, Path outDir) {
    AtomicDirectory.requireReplaceable(outDir, ModelFiles.NAMES);
    PeftAdapter updates = PeftAdapter.read(adapter);
    BertConfig config = BertConfig.readClassifier(adapter);
    Path folder = BaseModels.resolve(base, baseModels);
    requireSameShape(base, BertConfig.read(folder), adapter, config);
    updates.requireFits(adapter, ClassifierWeights.shapes(config));
    try (WeightFile weights = new WeightFile(folder)) {
      weights.require(folder, config, false);
      AtomicDirectory.replace(
          outDir,
          out -> {
            config.write(out);
            ClassifierWeights.write(out, config, name -> value(name, updates, weights, adapter));
            TokenizerFile.copy(folder, config.maxPositions(), out);
          });
    }
  }

  private static void requireSameShape(
      String base, BertConfig found, Path adapter, BertConfig wanted) {
    if (!shape(found).equals(shape(wanted))) {
      throw new ModelFormatException(
          "The base %s has %s; the adapter %s was trained on %s, called %s. Give that base."
              .formatted(
                  base, shape(found), adapter, shape(wanted), PeftAdapter.nameOfBase(adapter)));
    }
  }

  private static String shape(BertConfig config) {
    return "%d layers of width %d and %d words"
        .formatted(config.layers(), config.hiddenSize(), config.vocabSize());
  }

  private static FloatBuffer value(
      String name, PeftAdapter updates, WeightFile weights, Path adapter) {
    HostTensor trained = updates.trained(name).orElse(null);
    if (trained != null) {
      return trained.values();
    }
    if (!weights.has(name)) {
      throw new ModelFormatException(
          "Neither the adapter %s nor its base holds %s. Save the head with the adapter (modules_to_save), or give a base that has it."
              .formatted(adapter, name));
    }
    return updates.merged(name, weights.read(name));
  }
}
