package io.channelwise.bert.internal.training;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import io.channelwise.bert.BertException;
import io.channelwise.bert.internal.model.OutOfMemory;
import io.channelwise.bert.internal.model.TokenBatch;
import io.channelwise.bert.internal.model.Torch;
import io.channelwise.bert.internal.text.TokenIds;
import io.channelwise.bert.training.TrainingSettings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * The passes of a step, forward and backward, over as many texts at a time as the device's memory
 * holds. One thread.
 */
final class StepPasses {
  private final TrainingSettings settings;
  private final List<TokenIds> texts;
  private final Learner learner;
  private final Objective objective;
  private final Device device;
  private final Watcher watcher;
  private GradientPass pass = this::passOver;
  private int microBatch;

  /** Adds the gradients and the loss of a part of a step to those of the optimiser. */
  interface GradientPass {
    /**
     * @param part indices of the training texts that go through the model together
     * @param whole indices of all texts of the step
     * @return tokens without padding
     */
    int run(int[] part, int[] whole);
  }

  /** Who the passes are done for. */
  interface Watcher {

    /** Asked between two passes; throws to end the training. */
    void stopIfCancelled();

    /** Told what a person should know. */
    void notice(String message);
  }

  /**
   * Passes to come.
   *
   * @param texts of the training
   * @param microBatch texts that go through the model at once, to begin with
   */
  StepPasses(
      TrainingSettings settings,
      List<TokenIds> texts,
      Learner learner,
      Objective objective,
      Device device,
      int microBatch,
      Watcher watcher) {
    this.settings = settings;
    this.texts = texts;
    this.learner = learner;
    this.objective = objective;
    this.device = device;
    this.microBatch = microBatch;
    this.watcher = watcher;
  }

  /** Texts that go through the model at once now. */
  int microBatch() {
    return microBatch;
  }

  /** Puts something around each pass; how tests make one fail. */
  void around(UnaryOperator<GradientPass> wrapper) {
    pass = wrapper.apply(pass);
  }

  /**
   * A pass over the longest texts, whose gradients nobody takes: memory that is too small shows now
   * and not hours later, and what the allocator keeps reaches its size.
   *
   * @param step steps done before it
   */
  void rehearse(long step) {
    int[] longest =
        IntStream.range(0, texts.size())
            .boxed()
            .sorted(Comparator.comparingInt((Integer i) -> texts.get(i).length()).reversed())
            .limit(microBatch)
            .mapToInt(Integer::intValue)
            .toArray();
    differentiate(longest, step);
    learner.optimizer().clear();
  }

  /**
   * Gradients and loss of a step, a micro-batch at a time. Where the device lacks the memory, the
   * step starts again with micro-batches of half the size, which hold for the rest of the run.
   *
   * @param step steps done before it
   * @return tokens without padding
   */
  int differentiate(int[] batch, long step) {
    while (true) {
      // Each step has random numbers of its own, so a resumed run drops the same activations.
      Torch.seed(settings.seed() * 1_000_003 + step);
      try {
        int count = 0;
        for (int from = 0; from < batch.length; from += microBatch) {
          if (from > 0) {
            watcher.stopIfCancelled();
          }
          int to = Math.min(from + microBatch, batch.length);
          count += pass.run(Arrays.copyOfRange(batch, from, to), batch);
        }
        return count;
      } catch (RuntimeException e) {
        if (!OutOfMemory.causes(e)) {
          throw e;
        }
        shrink(e, step);
      }
    }
  }

  private void shrink(RuntimeException e, long step) {
    learner.optimizer().clear();
    Torch.releaseMemory(device);
    if (microBatch == 1) {
      throw new BertException(
          "The memory of device %s does not hold the training of a single text at step %d: %s. Shorten --max-length, take a smaller base, or train less of it with --lora-rank or --freeze."
              .formatted(device, step + 1, OutOfMemory.message(e)),
          e);
    }
    int before = microBatch;
    microBatch = (before + 1) / 2;
    watcher.notice(
        "out of memory at step %d: going on with %d texts at once instead of %d and as many more passes, %d texts a step as before"
            .formatted(
                step + 1, microBatch, before, settings.batchSize() * settings.accumulation()));
  }

  /** One forward and backward pass over a part of a step. */
  private int passOver(int[] part, int[] whole) {
    try (NDManager scope = Torch.manager(device);
        NDScope temporaries = new NDScope()) {
      temporaries.suppressNotUsedWarning();
      TokenBatch batch = tokens(scope, part);
      UnaryOperator<NDArray> toLoss = objective.loss(scope, part, whole, batch.length());
      float dropout = (float) settings.dropout();
      learner
          .optimizer()
          .addLoss(Torch.differentiate(() -> toLoss.apply(learner.model().logits(batch, dropout))));
      return batch.tokens();
    }
  }

  private TokenBatch tokens(NDManager scope, int[] part) {
    List<TokenIds> rows = new ArrayList<>(part.length);
    for (int index : part) {
      rows.add(texts.get(index));
    }
    int lengthMin = settings.padded() ? learner.model().config().maxLength() : 0;
    return new TokenBatch(scope, rows, lengthMin);
  }
}
