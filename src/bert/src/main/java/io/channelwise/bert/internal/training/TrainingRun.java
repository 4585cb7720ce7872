package io.channelwise.bert.internal.training;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import io.channelwise.bert.EpochReport;
import io.channelwise.bert.Evaluation;
import io.channelwise.bert.StepReport;
import io.channelwise.bert.TrainingCancelledException;
import io.channelwise.bert.TrainingListener;
import io.channelwise.bert.TrainingSettings;
import io.channelwise.bert.internal.files.BertConfig;
import io.channelwise.bert.internal.model.BatchPlan;
import io.channelwise.bert.internal.model.Bert;
import io.channelwise.bert.internal.model.Inference;
import io.channelwise.bert.internal.model.TokenBatch;
import io.channelwise.bert.internal.model.Torch;
import io.channelwise.bert.internal.text.TokenIds;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * The training loop. Everything random in a step comes from the seed and the step's number, so a
 * run that goes on from a checkpoint ends with the same bits as an unbroken one. One thread.
 */
public final class TrainingRun implements AutoCloseable {
  private final TrainingSettings settings;
  private final TrainingData data;
  private final TrainingListener listener;
  private final Variation variation;
  private final Device device;
  private final Bert model;
  private final AdamW optimizer;
  private final Checkpoint checkpoint;
  private final Map<String, String> identity;
  private final Schedule schedule;
  private final DivergenceGuard guard;
  private final Objective objective;
  private final int batchesPerEpoch;
  private final long steps;
  private final TrainingLog log;
  private final long startNanos = System.nanoTime();
  private final double secondsBefore;
  private final long tokensBefore;

  private long step;
  private long savedStep;
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
      Map<String, String> identity,
      Variation variation,
      TrainingListener listener) {
    this.variation = variation;
    this.settings = settings;
    this.data = data;
    this.listener = listener;
    this.identity = identity;
    checkpoint = new Checkpoint(workDir, identity);
    Checkpoint.State state = checkpoint.find().orElse(null);

    device = Torch.device(settings.device());
    Torch.threads(settings.threads());
    Torch.enter();
    batchesPerEpoch = BatchPlan.batches(data.train().size(), settings.batchSize());
    steps = (long) batchesPerEpoch * settings.epochs();
    schedule = Schedule.of(settings.learningRate(), steps, settings.warmupShare());
    objective = variation.objective(Objective.of(settings, data), data, listener);
    guard = new DivergenceGuard(objective.ofGuessing(), settings.learningRate());
    model =
        Bert.forTraining(
            base,
            config,
            data.vocabulary(),
            variation.keepsHead(),
            settings.seed(),
            Torch.manager(device));
    optimizer =
        new AdamW(
            model.weights(), Torch.manager(device), settings.weightDecay(), settings.clipNorm());
    if (state != null) {
      checkpoint.restore(state, model.weights(), optimizer);
      step = state.step();
      epochLossSum = state.epochLossSum();
      epochSteps = state.epochSteps();
      lastEpochLoss = state.lastEpochLoss();
    }
    variation.onStart(model.weights());
    savedStep = step;
    secondsBefore = state == null ? 0 : state.seconds();
    tokensBefore = state == null ? 0 : state.tokens();
    tokens = tokensBefore;
    log = new TrainingLog(workDir, step);
  }

  /**
   * Trains to the end.
   *
   * @return the last evaluation, or null without evaluation texts
   */
  public Evaluation run() {
    Evaluation evaluation = null;
    boolean trained = false;
    // Where all are padded to one length, none is sorted by its own.
    int[] lengths = settings.padded() ? new int[data.train().size()] : data.training().lengths();
    while (step < steps) {
      int epoch = (int) (step / batchesPerEpoch);
      List<int[]> plan = BatchPlan.ofEpoch(lengths, settings.batchSize(), settings.seed(), epoch);
      for (int i = (int) (step % batchesPerEpoch); i < plan.size(); i++) {
        stopIfCancelled();
        trainBatch(epoch, plan.get(i));
        saveIfDue();
      }
      evaluation = endEpoch(epoch);
      trained = true;
    }
    return trained ? evaluation : evaluate();
  }

  private void trainBatch(int epoch, int[] batch) {
    double rate = schedule.at(step);
    double loss;
    int batchTokens;
    Torch.seed(settings.seed() * 1_000_003 + step);
    try (NDManager scope = Torch.manager(device);
        NDScope temporaries = new NDScope()) {
      temporaries.suppressNotUsedWarning();
      TokenBatch texts = tokens(scope, batch);
      UnaryOperator<NDArray> toLoss = objective.loss(scope, batch, batch, texts.length());
      batchTokens = texts.tokens();
      loss =
          Torch.differentiate(() -> toLoss.apply(model.logits(texts, (float) settings.dropout())))
              .getFloat();
    }
    double norm = optimizer.gradientNorm();
    guard.check(step + 1, loss, norm);
    optimizer.step(rate, norm);
    variation.afterStep(model.weights());
    step++;
    tokens += batchTokens;
    epochLossSum += loss;
    epochSteps++;
    report(epoch, loss, rate, norm, batchTokens);
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

  private Evaluation endEpoch(int epoch) {
    lastEpochLoss = epochLossSum / epochSteps;
    epochLossSum = 0;
    epochSteps = 0;
    // Saved first: a kill during the evaluation must not cost the epoch.
    save();
    Evaluation evaluation = evaluate();
    listener.onEpoch(
        new EpochReport(
            epoch + 1,
            settings.epochs(),
            lastEpochLoss,
            evaluation == null ? Double.NaN : evaluation.accuracy(),
            evaluation == null ? Double.NaN : evaluation.macroF1()));
    return evaluation;
  }

  private Evaluation evaluate() {
    return data.evaluation().examples() == 0
        ? null
        : data.judge(Inference.logits(model, data.evaluation().ids(), device));
  }

  private void stopIfCancelled() {
    if (listener.isCancelled()) {
      save();
      throw new TrainingCancelledException(
          "Training was cancelled after step %d of %d; a checkpoint was saved."
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
            identity, step, epochLossSum, epochSteps, lastEpochLoss, seconds(), tokens),
        model.weights(),
        optimizer);
    savedStep = step;
  }

  /** Deletes the checkpoints and the log of a run, and its folder when nothing else is in it. */
  public static void forget(Path workDir) {
    if (!Files.isDirectory(workDir)) {
      return;
    }
    Checkpoint.deleteAllIn(workDir);
    try {
      Files.deleteIfExists(workDir.resolve(TrainingLog.FILE));
      Files.delete(workDir);
    } catch (DirectoryNotEmptyException e) {
      // Imported weights or files of someone else.
    } catch (IOException e) {
      throw new UncheckedIOException("Folder " + workDir + " cannot be cleared", e);
    }
  }

  /** The trained model; its word embedding has the rows of the data's vocabulary only. */
  public Bert model() {
    return model;
  }

  /** Steps of the whole run. */
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
    model.close();
  }
}
