package io.channelwise.bert.internal.training;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import io.channelwise.bert.BertException;
import io.channelwise.bert.Precision;
import io.channelwise.bert.evaluation.Evaluation;
import io.channelwise.bert.internal.adapter.LoraWeights;
import io.channelwise.bert.internal.files.BertConfig;
import io.channelwise.bert.internal.model.BatchPlan;
import io.channelwise.bert.internal.model.Bert;
import io.channelwise.bert.internal.model.Inference;
import io.channelwise.bert.internal.model.TokenBatch;
import io.channelwise.bert.internal.model.Torch;
import io.channelwise.bert.internal.model.WeightSource;
import io.channelwise.bert.internal.text.TokenIds;
import io.channelwise.bert.training.EpochReport;
import io.channelwise.bert.training.StepReport;
import io.channelwise.bert.training.TrainingCancelledException;
import io.channelwise.bert.training.TrainingListener;
import io.channelwise.bert.training.TrainingSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The training loop. Everything random in a step comes from the seed and the step's number, so a
 * run that goes on from a checkpoint ends with the same bits as an unbroken one. One thread.
 */
public final class TrainingRun implements AutoCloseable {
  /** Rare enough to cost less than a hundredth of the time. */
  private static final int STEPS_A_TRIM = 100;

  private final TrainingSettings settings;
  private final TrainingData data;
  private final TrainingListener listener;
  private final Variation variation;
  private final Device device;
  private final Bert model;
  private final NDManager updates;
  private final LoraWeights adapter; // null without LoRA
  private final AdamW optimizer;
  private final EarlyStopping stopping;
  private final Checkpoint checkpoint;
  private final RunIdentity identity;
  private final Schedule schedule;
  private final DivergenceGuard guard;
  private final Objective objective;
  private final int stepSize;
  private final int batchesPerEpoch;
  private final long steps;
  private final TrainingLog log;
  private final long startNanos = System.nanoTime();
  private final double secondsBefore;
  private final long tokensBefore;

  private final List<Double> scores = new ArrayList<>();
  private GradientPass pass = this::passOver;

  private long step;
  private long savedStep;
  private long tokens;
  private double epochLossSum;
  private long epochSteps;
  private double lastEpochLoss;
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

  /**
   * Loads the base, builds model and optimiser, and restores the newest checkpoint if there is one.
   *
   * @param config of the base, with the new head
   * @param identity of settings and data; a checkpoint of another is refused
   * @param variation what is otherwise than usual
   */
  public TrainingRun(
      TrainingSettings settings,
      BertConfig config,
      Path base,
      TrainingData data,
      Path workDir,
      RunIdentity identity,
      Variation variation,
      TrainingListener listener) {
    this.variation = variation;
    this.settings = settings;
    this.data = data;
    this.listener = listener;
    this.identity = identity;
    checkpoint = new Checkpoint(workDir, identity);
    Checkpoint.State state = checkpoint.find().orElse(null);

    Trainables trainables = Trainables.of(settings, config);
    device = Torch.device(settings.device());
    Torch.threads(settings.threads());
    Torch.enter();
    stepSize = settings.batchSize() * settings.accumulation();
    batchesPerEpoch = BatchPlan.batches(data.train().size(), stepSize);
    steps = (long) batchesPerEpoch * settings.epochs();
    schedule =
        Schedule.of(settings.learningRate(), steps, settings.warmupShare(), settings.decay());
    stopping = new EarlyStopping(settings.earlyStopping());
    objective = variation.objective(Objective.of(settings, data), data, listener);
    guard = new DivergenceGuard(objective.ofGuessing(), settings.learningRate());
    updates = Torch.manager(device);
    model = startingModel(config, base);
    adapter = trainables.adapter(settings.seed(), updates);
    model.adaptWith(adapter);
    model.computeIn(settings.precision());
    List<ParameterGroup> groups =
        ParameterGroup.of(
            trainables.of(model, adapter),
            config.layers(),
            settings.layerDecay(),
            settings.weightDecay());
    optimizer = new AdamW(groups, Torch.manager(device), settings.clipNorm());
    microBatch = settings.batchSize();
    if (state != null) {
      checkpoint.restore(state, optimizer);
      step = state.step();
      epochLossSum = state.epochLossSum();
      epochSteps = state.epochSteps();
      lastEpochLoss = state.lastEpochLoss();
      microBatch = state.microBatch() == 0 ? microBatch : state.microBatch();
      guard.resume(state.smoothedLoss(), state.smoothedSteps());
      scores.addAll(state.scores());
    }
    variation.onStart(model.weights());
    savedStep = step;
    secondsBefore = state == null ? 0 : state.seconds();
    tokensBefore = state == null ? 0 : state.tokens();
    tokens = tokensBefore;
    log = new TrainingLog(workDir, step);
  }

  private Bert startingModel(BertConfig config, Path base) {
    boolean keepsHead = variation.keepsHead();
    long seed = settings.seed();
    try (WeightSource source =
        WeightSource.of(base, config, keepsHead, settings.fromScratch(), seed)) {
      return Bert.forTraining(
          source, config, data.vocabulary(), keepsHead, seed, Torch.manager(device));
    }
  }

  /**
   * Trains to the end.
   *
   * @return the evaluation of the weights the model has then, or null without evaluation texts
   */
  public Evaluation run() {
    Evaluation evaluation = null;
    while (true) {
      int epochsDone = (int) (step / batchesPerEpoch);
      if (scores.size() < epochsDone) {
        // Of the epoch just trained, or of one whose evaluation a kill cut off.
        evaluation = judge(epochsDone - 1);
      }
      if (step == steps || stopping.isOver(scores)) {
        return stopping.isOn() ? keepBest(evaluation) : evaluation;
      }
      trainEpoch(epochsDone);
    }
  }

  private void trainEpoch(int epoch) {
    // Where all are padded to one length, none is sorted by its own.
    int[] lengths = settings.padded() ? new int[data.train().size()] : data.training().lengths();
    List<int[]> plan = BatchPlan.ofEpoch(lengths, stepSize, settings.seed(), epoch);
    for (int i = (int) (step % batchesPerEpoch); i < plan.size(); i++) {
      trainStep(epoch, plan.get(i));
      saveIfDue();
      if (step % STEPS_A_TRIM == 0) {
        Torch.returnFreeMemory();
      }
    }
    lastEpochLoss = epochLossSum / epochSteps;
    epochLossSum = 0;
    epochSteps = 0;
    // Saved before the evaluation: a kill during it must not cost the epoch.
    save();
  }

  private void trainStep(int epoch, int[] batch) {
    stopIfCancelled();
    double rate = schedule.at(step);
    int batchTokens = differentiate(batch);
    AdamW.Measured measured = optimizer.measure();
    guard.check(step + 1, measured.loss(), measured.gradientNorm());
    optimizer.step(rate, measured.gradientNorm());
    variation.afterStep(model.weights());
    step++;
    tokens += batchTokens;
    epochLossSum += measured.loss();
    epochSteps++;
    report(epoch, measured.loss(), rate, measured.gradientNorm(), batchTokens);
  }

  /**
   * Gradients and loss of a step, a micro-batch at a time. Where the device lacks the memory, the
   * step starts again with micro-batches of half the size, which hold for the rest of the run.
   *
   * @return tokens without padding
   */
  private int differentiate(int[] batch) {
    while (true) {
      // Each step has random numbers of its own, so a resumed run drops the same activations.
      Torch.seed(settings.seed() * 1_000_003 + step);
      try {
        int count = 0;
        for (int from = 0; from < batch.length; from += microBatch) {
          if (from > 0) {
            stopIfCancelled();
          }
          int to = Math.min(from + microBatch, batch.length);
          count += pass.run(Arrays.copyOfRange(batch, from, to), batch);
        }
        return count;
      } catch (RuntimeException e) {
        if (!OutOfMemory.causes(e)) {
          throw e;
        }
        shrink(e);
      }
    }
  }

  private void shrink(RuntimeException e) {
    optimizer.clear();
    Torch.releaseMemory(device);
    if (microBatch == 1) {
      throw new BertException(
          "The memory of device %s does not hold the training of a single text at step %d: %s. Shorten --max-length, take a smaller base, or train less of it with --lora-rank or --freeze."
              .formatted(device, step + 1, firstLine(e)),
          e);
    }
    int before = microBatch;
    microBatch = (before + 1) / 2;
    notice(
        "out of memory at step %d: going on with %d texts at once instead of %d and as many more passes, %d texts a step as before"
            .formatted(step + 1, microBatch, before, stepSize));
  }

  private static String firstLine(RuntimeException e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }

  private void notice(String message) {
    log.append(step, message);
    listener.onNotice(message);
  }

  /** Puts something around each pass; how tests make one fail. */
  void around(UnaryOperator<GradientPass> wrapper) {
    pass = wrapper.apply(pass);
  }

  /** One forward and backward pass over a part of a step. */
  private int passOver(int[] part, int[] whole) {
    try (NDManager scope = Torch.manager(device);
        NDScope temporaries = new NDScope()) {
      temporaries.suppressNotUsedWarning();
      TokenBatch texts = tokens(scope, part);
      UnaryOperator<NDArray> toLoss = objective.loss(scope, part, whole, texts.length());
      optimizer.addLoss(
          Torch.differentiate(() -> toLoss.apply(model.logits(texts, (float) settings.dropout()))));
      return texts.tokens();
    }
  }

  private TokenBatch tokens(NDManager scope, int[] batch) {
    List<TokenIds> texts = new ArrayList<>(batch.length);
    for (int index : batch) {
      texts.add(data.train().get(index));
    }
    return new TokenBatch(scope, texts, settings.padded() ? model.config().maxLength() : 0);
  }

  private void report(int epoch, double loss, double rate, double norm, int batchTokens) {
    StepReport report =
        new StepReport(
            step,
            steps,
            epoch + 1,
            settings.epochs(),
            loss,
            rate,
            norm,
            batchTokens,
            (tokens - tokensBefore) / sessionSeconds());
    if (step % settings.logSteps() == 0 || step == 1 || step == steps) {
      log.append(report);
    }
    listener.onStep(report);
  }

  private Evaluation judge(int epoch) {
    Evaluation evaluation = evaluate();
    double score = evaluation == null ? Double.NaN : evaluation.selectionScore();
    while (scores.size() < epoch) {
      scores.add(Double.NaN); // A checkpoint of before knew no scores.
    }
    scores.add(score);
    if (stopping.isOn() && EarlyStopping.best(scores) == epoch) {
      checkpoint.saveBest(epoch, optimizer.parameters());
    }
    listener.onEpoch(
        new EpochReport(
            epoch + 1,
            settings.epochs(),
            lastEpochLoss,
            evaluation == null ? Double.NaN : evaluation.accuracy(),
            evaluation == null ? Double.NaN : evaluation.microF1(),
            evaluation == null ? Double.NaN : evaluation.macroF1()));
    return evaluation;
  }

  private Evaluation keepBest(Evaluation last) {
    int best = EarlyStopping.best(scores);
    int epochsDone = scores.size();
    if (best == epochsDone - 1) {
      return last == null ? evaluate() : last;
    }
    checkpoint.restoreBest(best, optimizer.parameters());
    notice(
        "the weights of epoch %d of %d are kept: score %.4f, after the last epoch %.4f"
            .formatted(best + 1, epochsDone, scores.get(best), scores.get(epochsDone - 1)));
    return evaluate();
  }

  private Evaluation evaluate() {
    if (data.evaluation().examples() == 0) {
      return null;
    }
    // In 32 bits, as the written model will be used.
    model.computeIn(Precision.FP32);
    try {
      return data.judge(Inference.logits(model, data.evaluation().ids(), device));
    } finally {
      model.computeIn(settings.precision());
    }
  }

  private void stopIfCancelled() {
    if (listener.isCancelled()) {
      // A step cut off between two passes is done again as a whole.
      save();
      throw new TrainingCancelledException(
          step == 0
              ? "Training was cancelled before its first step of %d was done.".formatted(steps)
              : "Training was cancelled after step %d of %d; a checkpoint was saved."
                  .formatted(step, steps));
    }
  }

  private void saveIfDue() {
    if (settings.checkpointSteps() > 0
        && step % settings.checkpointSteps() == 0
        && step % batchesPerEpoch != 0) {
      save();
    }
  }

  private void save() {
    if (step == savedStep) {
      return;
    }
    checkpoint.save(
        new Checkpoint.State(
            identity.values(),
            step,
            epochLossSum,
            epochSteps,
            lastEpochLoss,
            seconds(),
            tokens,
            microBatch,
            guard.smoothed(),
            guard.seen(),
            scores),
        optimizer);
    savedStep = step;
  }

  /** The trained model; its word embedding has the rows of the data's vocabulary only. */
  public Bert model() {
    return model;
  }

  /** The updates trained beside frozen weights, if LoRA did. */
  public Optional<LoraWeights> adapter() {
    return Optional.ofNullable(adapter);
  }

  /** Steps of the whole run, those that early stopping saved counted. */
  public long steps() {
    return steps;
  }

  /** Mean loss of the last epoch. */
  public double finalLoss() {
    return lastEpochLoss;
  }

  /** Wall-clock seconds over all sessions. */
  public double seconds() {
    return secondsBefore + sessionSeconds();
  }

  /** Trained tokens over all sessions, without padding. */
  public long trainedTokens() {
    return tokens;
  }

  /** The log of the run. */
  TrainingLog log() {
    return log;
  }

  private double sessionSeconds() {
    return Math.max(1e-9, (System.nanoTime() - startNanos) / 1e9);
  }

  @Override
  public void close() {
    optimizer.close();
    updates.close();
    model.close();
  }
}
