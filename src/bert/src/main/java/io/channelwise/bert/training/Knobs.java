package io.channelwise.bert.training;

import io.channelwise.bert.Precision;
import io.channelwise.bert.SubWords;
import io.channelwise.bert.Task;
import java.util.List;

/** The settings of a training, each with its default and range. */
final class Knobs {
  static final Knob<Task> TASK = Knob.choice("task", Task.SEQUENCE);
  static final Knob<String> BASE =
      Knob.text(
          "base", "minilm", v -> !v.isBlank(), "bge-small-zh, minilm or a Hugging Face directory");
  static final Knob<Boolean> FROM_SCRATCH = Knob.flag("from scratch");
  static final Knob<Integer> EPOCHS = Knob.whole("epochs", 5, 1, 1000);
  static final Knob<Integer> BATCH_SIZE = Knob.whole("batch size", 16, 1, 4096);
  static final Knob<Integer> ACCUMULATION = Knob.whole("accumulation", 1, 1, 4096);
  static final Knob<Double> LEARNING_RATE = Knob.positive("learning rate", 1e-4, 1);
  static final Knob<Double> WARMUP_SHARE = Knob.number("warm-up share", 0.1, 0, 1);
  static final Knob<Decay> DECAY = Knob.choice("decay", Decay.LINEAR);
  static final Knob<Double> LAYER_DECAY = Knob.number("layer decay", 1, 0.01, 1);
  static final Knob<Double> WEIGHT_DECAY = Knob.number("weight decay", 0.01, 0, 1);
  static final Knob<Double> CLIP_NORM = Knob.positive("clip norm", 1, Double.MAX_VALUE);
  static final Knob<Double> DROPOUT = Knob.number("dropout", 0.1, 0, 0.99);
  static final Knob<Double> LABEL_SMOOTHING = Knob.number("label smoothing", 0, 0, 0.99);
  static final Knob<Boolean> BALANCED_CLASSES = Knob.flag("balanced classes");
  static final Knob<SubWords> LABEL_SUB_WORDS = Knob.choice("labelled sub-words", SubWords.FIRST);
  static final Knob<String> POOLING = Knob.word("pooling", "mean", List.of("mean", "cls"));
  static final Knob<Integer> MAX_LENGTH = Knob.whole("max length", 128, 4, 512);
  static final Knob<Boolean> PADDED = Knob.flag("padded to max length");
  static final Knob<String> FREEZE =
      Knob.text("freeze", "none", Knobs::isPart, "none, embeddings, encoder or a number of layers");
  static final Knob<Integer> LORA_RANK = Knob.whole("LoRA rank", 0, 0, 1024);
  static final Knob<Double> LORA_ALPHA = Knob.positive("LoRA alpha", 16, 1e6);
  static final Knob<List<String>> LORA_TARGETS =
      new Knob<>("LoRA targets", List.of("query", "value"), true, Knobs::targets);
  static final Knob<Integer> EARLY_STOPPING = Knob.whole("early stopping", 0, 0, 1000);
  static final Knob<Precision> PRECISION = Knob.choice("precision", Precision.FP32);
  static final Knob<Long> SEED = new Knob<>("seed", 42L, true, v -> v);
  static final Knob<Integer> THREADS = Knob.whole("threads", 0, 0, 1024).free();
  static final Knob<String> DEVICE =
      Knob.word("device", "auto", List.of("auto", "cpu", "gpu")).free();
  static final Knob<Integer> CHECKPOINT_STEPS =
      Knob.whole("checkpoint steps", 0, 0, Integer.MAX_VALUE).free();
  static final Knob<Integer> LOG_STEPS = Knob.whole("log steps", 10, 1, Integer.MAX_VALUE).free();

  /** All of them, in the order they are told in. */
  static final List<Knob<?>> ALL =
      List.of(
          TASK,
          BASE,
          FROM_SCRATCH,
          EPOCHS,
          BATCH_SIZE,
          ACCUMULATION,
          LEARNING_RATE,
          WARMUP_SHARE,
          DECAY,
          LAYER_DECAY,
          WEIGHT_DECAY,
          CLIP_NORM,
          DROPOUT,
          LABEL_SMOOTHING,
          BALANCED_CLASSES,
          LABEL_SUB_WORDS,
          POOLING,
          MAX_LENGTH,
          PADDED,
          FREEZE,
          LORA_RANK,
          LORA_ALPHA,
          LORA_TARGETS,
          EARLY_STOPPING,
          PRECISION,
          SEED,
          THREADS,
          DEVICE,
          CHECKPOINT_STEPS,
          LOG_STEPS);

  private Knobs() {}

  private static boolean isPart(String freeze) {
    return List.of("none", "embeddings", "encoder").contains(freeze)
        || freeze.matches("[1-9][0-9]{0,2}");
  }

  private static List<String> targets(List<String> names) {
    if (names == null || names.isEmpty() || names.stream().anyMatch(String::isBlank)) {
      throw new IllegalArgumentException(
          "LoRA targets is %s; expected names of linear layers, such as query and value."
              .formatted(names));
    }
    return List.copyOf(names);
  }
}
