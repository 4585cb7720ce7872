package io.channelwise.bert.internal.training;

import ai.djl.Device;
import io.channelwise.bert.Precision;
import io.channelwise.bert.evaluation.Evaluation;
import io.channelwise.bert.internal.adapter.LoraWeights;
import io.channelwise.bert.internal.files.BertConfig;
import io.channelwise.bert.internal.model.BatchPlan;
import io.channelwise.bert.internal.model.Bert;
import io.channelwise.bert.internal.model.Inference;
import io.channelwise.bert.internal.model.Torch;
import io.channelwise.bert.training.EpochReport;
import io.channelwise.bert.training.StepReport;
import io.channelwise.bert.training.TrainingCancelledException;
import io.channelwise.bert.training.TrainingListener;
import io.channelwise.bert.training.TrainingSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The training loop. Everything random in a step comes from the seed and the step's number, so a
 * run that goes on from a checkpoint ends with the same bits as an unbroken one. One thread.
 */
public final class TrainingRun implements AutoCloseable, StepPasses.Watcher {
  /** Rare enough to cost less than a hundredth of the time. */
  private static final int STEPS_A_TRIM = 100;

  private final TrainingSettings settings;
  private final TrainingData data;
  private final TrainingListener listener;
  private final Variation variation;
  private final Device device;
  private final Learner learner;
  private final StepPasses passes;
  private final EarlyStopping stopping;
  private final Checkpoint checkpoint;
  private final RunIdentity identity;
  private final Schedule schedule;
  private final DivergenceGuard guard;
  private final int stepSize;
  private final int batchesPerEpoch;
  private final long steps;
  private final TrainingLog log;
  private final long startNanos = System.nanoTime();
  private final double secondsBefore;
  private final long tokensBefore;

  private final List<Double> scores;
  private long step;
  private long savedStep;
  private int savedMicroBatch;
  private long tokens;
  private double epochLossSum;
  private long epochSteps;
  private double lastEpochLoss;

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
    Optional<Checkpoint.State> found = checkpoint.find();
    Checkpoint.State state = found.orElse(Checkpoint.State.atStart(identity));

    device = Torch.device(settings.device());
    Torch.threads(settings.threads());
    Torch.enter();
    stepSize = settings.batchSize() * settings.accumulation();
    batchesPerEpoch = BatchPlan.batches(data.train().size(), stepSize);
    steps = (long) batchesPerEpoch * settings.epochs();
    schedule =
        Schedule.of(settings.learningRate(), steps, settings.warmupShare(), settings.decay());
    stopping = new EarlyStopping(settings.earlyStopping());
    Objective objective = variation.objective(Objective.of(settings, data), data, listener);
    guard = new DivergenceGuard(objective.ofGuessing(), settings.learningRate());
    guard.resume(state.smoothedLoss(), state.smoothedSteps());
    scores = new ArrayList<>(state.scores());
    step = state.step();
    savedStep = step;
    tokensBefore = state.tokens();
    tokens = tokensBefore;
    secondsBefore = state.seconds();
    epochLossSum = state.epochLossSum();
    epochSteps = state.epochSteps();
    lastEpochLoss = state.lastEpochLoss();
    savedMicroBatch = state.microBatch() == 0 ? settings.batchSize() : state.microBatch();
    log = new TrainingLog(workDir, step);
    learner = Learner.of(settings, config, base, data.vocabulary(), variation.keepsHead(), device);
    passes =
        new StepPasses(settings, data.train(), learner, objective, device, savedMicroBatch, this);
    begin(found);
  }

  private void begin(Optional<Checkpoint.State> found) {
    try {
      found.ifPresent(state -> checkpoint.restore(state, learner.optimizer()));
      variation.onStart(model().weights());
    } catch (RuntimeException | Error e) {
      learner.close();
      throw e;
    }
  }

  /**
   * Trains to the end.
   *
   * @return the evaluation of the weights the model has then, or null without evaluation texts
   */
  public Evaluation run() {
    Evaluation evaluation = null;
    if (step < steps) {
      passes.rehearse(step);
    }
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
    int batchTokens = passes.differentiate(batch, step);
    if (passes.microBatch() != savedMicroBatch) {
      // Sums of other parts round otherwise: from this step on a resumed run must take these.
      save();
    }
    AdamW optimizer = learner.optimizer();
    AdamW.Measured measured = optimizer.measure();
    guard.check(step + 1, measured.loss(), measured.gradientNorm());
    optimizer.step(rate, measured.gradientNorm());
    variation.afterStep(model().weights());
    step++;
    tokens += batchTokens;
    epochLossSum += measured.loss();
    epochSteps++;
    report(epoch, measured.loss(), rate, measured.gradientNorm(), batchTokens);
  }

  @Override
  public void notice(String message) {
    log.append(step, message);
    listener.onNotice(message);
  }

  /** Puts something around each pass; how tests make one fail. */
  void around(UnaryOperator<StepPasses.GradientPass> wrapper) {
    passes.around(wrapper);
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
      checkpoint.saveBest(epoch, learner.optimizer().parameters());
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
    checkpoint.restoreBest(best, learner.optimizer().parameters());
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
    model().computeIn(Precision.FP32);
    try {
      return data.judge(
          Inference.logits(model(), data.evaluation().ids(), device, this::stopIfCancelled));
    } finally {
      model().computeIn(settings.precision());
    }
  }

  /** Saves and ends the training when the listener wants that. */
  @Override
  public void stopIfCancelled() {
    if (listener.isCancelled()) {
      // A step cut off between two passes is done again as a whole, and so is an evaluation.
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
    if (step == savedStep && passes.microBatch() == savedMicroBatch) {
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
            passes.microBatch(),
            guard.smoothed(),
            guard.seen(),
            scores),
        learner.optimizer());
    savedStep = step;
    savedMicroBatch = passes.microBatch();
  }

  /** The trained model; its word embedding has the rows of the data's vocabulary only. */
  public Bert model() {
    return learner.model();
  }

  /** The updates trained beside frozen weights, if LoRA did. */
  public Optional<LoraWeights> adapter() {
    return Optional.ofNullable(learner.adapter());
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
    learner.close();
  }
}
