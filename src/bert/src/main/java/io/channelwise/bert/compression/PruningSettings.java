package io.channelwise.bert.compression;

import io.channelwise.bert.training.TrainingSettings;
import java.util.List;
import java.util.Locale;

/**
 * What is pruned, and how much of it.
 *
 * @param kind what goes
 * @param amounts shares to prune, 0 to below 1; each makes a model of its own from the original
 * @param importanceExamples how many training examples, drawn by the seed, judge what matters; 1 to
 *     1,000,000
 * @param epochs of training after the pruning; 0 for none
 * @param training how that is done: learning rate, batch size, seed, device and so on, without
 *     LoRA; its base and epochs are not used
 */
public record PruningSettings(
    Kind kind,
    List<Double> amounts,
    int importanceExamples,
    int epochs,
    TrainingSettings training) {

  /** What a pruning takes away. */
  public enum Kind {
    /**
     * The smallest single weights become zero (Han et al. 2015, <a
     * href="https://arxiv.org/abs/1506.02626">1506.02626</a>). The file gets smaller only when
     * zipped, and dense kernels are as slow as before.
     */
    WEIGHTS,
    /**
     * Neurons of the feed-forward layers are removed; model and file get smaller and faster, and
     * every Hugging Face tool reads them.
     */
    NEURONS,
    /**
     * Attention heads are silenced (Michel et al. 2019, <a
     * href="https://arxiv.org/abs/1905.10650">1905.10650</a>): their weights become zeros and keep
     * their place.
     */
    HEADS;

    /** How the command line names it. */
    public String key() {
      return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The kind of that name.
     *
     * @throws IllegalArgumentException when there is none
     */
    public static Kind of(String key) {
      for (Kind kind : values()) {
        if (kind.key().equals(key)) {
          return kind;
        }
      }
      throw new IllegalArgumentException(
          "Pruning of " + key + " is unknown; expected weights, neurons or heads.");
    }
  }

  public PruningSettings {
    amounts = List.copyOf(amounts);
    if (amounts.isEmpty()) {
      throw new IllegalArgumentException("No amount to prune is given; give shares such as 0.25.");
    }
    for (double amount : amounts) {
      if (!(amount >= 0 && amount < 1)) {
        throw new IllegalArgumentException(
            "amount is " + amount + "; expected a share from 0 to below 1.");
      }
    }
    if (amounts.stream().distinct().count() < amounts.size()) {
      throw new IllegalArgumentException("amounts name a share twice: " + amounts + ".");
    }
    if (importanceExamples < 1 || importanceExamples > 1_000_000) {
      throw new IllegalArgumentException(
          "importance examples is " + importanceExamples + "; expected 1 to 1000000.");
    }
    if (epochs < 0 || epochs > 1000) {
      throw new IllegalArgumentException("epochs is " + epochs + "; expected 0 to 1000.");
    }
    if (training.loraRank() > 0) {
      throw new IllegalArgumentException(
          "Pruning cannot be combined with LoRA rank %d: its updates would fill the zeros again. Leave it out."
              .formatted(training.loraRank()));
    }
    if (training.fromScratch()) {
      throw new IllegalArgumentException(
          "Pruning cannot be combined with from scratch: what is left of the model would be lost. Leave it out.");
    }
  }
}
