package io.channelwise.bert.internal.fewshot;

import ai.djl.Device;
import io.channelwise.bert.evaluation.Evaluation;
import io.channelwise.bert.internal.fewshot.HeadScores.Labelled;
import io.channelwise.bert.internal.files.BertConfig;
import io.channelwise.bert.internal.files.BertWeightNames;
import io.channelwise.bert.internal.model.Bert;
import io.channelwise.bert.internal.model.Inference;
import io.channelwise.bert.internal.model.Torch;
import io.channelwise.bert.internal.text.TokenIds;
import io.channelwise.bert.internal.training.RunIdentity;
import io.channelwise.bert.internal.training.TrainingData;
import io.channelwise.bert.internal.training.TrainingLog;
import io.channelwise.bert.training.FewShotResult.Candidate;
import io.channelwise.bert.training.FewShotResult.Encoder;
import io.channelwise.bert.training.TrainingListener;
import io.channelwise.bert.training.TrainingSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Chooses encoder and head by cross-validation on the training data alone, then trains the chosen
 * on all of it. A run that was killed goes on after its last finished fold and ends with the same
 * bits. One thread.
 */
public final class FewShotRun implements AutoCloseable {
  /** More folds cost a tuning each; fewer train on less than the final model has. */
  public static final int FOLDS_MAX = 3;

  private final TrainingSettings settings;
  private final BertConfig config;
  private final Path base;
  private final TrainingData data;
  private final int[] truths;
  private final Device device;
  private final Folds folds;
  private final FoldStore store;
  private final TrainingLog log;
  private final Progress progress;
  private final ContrastiveTuning tuning;
  private final List<Candidate> candidates = new ArrayList<>();
  private Bert model;
  private Candidate chosen;
  private double loss;

  /**
   * Reads what an earlier session left.
   *
   * @param config of the base, with the new head
   * @param identity of settings and data; scores of another run are refused
   */
  public FewShotRun(
      TrainingSettings settings,
      BertConfig config,
      Path base,
      TrainingData data,
      Path workDir,
      RunIdentity identity,
      TrainingListener listener) {
    this.settings = settings;
    this.config = config;
    this.base = base;
    this.data = data;
    truths = Arrays.stream(data.truths()).mapToInt(classes -> classes[0]).toArray();
    device = Torch.device(settings.device());
    Torch.threads(settings.threads());
    Torch.enter();
    folds = Folds.stratified(truths, foldCount(), settings.seed());
    store = new FoldStore(workDir, identity);
    long before = 0;
    long steps = ContrastiveTuning.steps(settings, truths);
    for (int fold = 0; fold < folds.count(); fold++) {
      long ofFold = ContrastiveTuning.steps(settings, classes(folds.outside(fold)));
      steps += ofFold;
      before += store.find(fold).isPresent() ? ofFold : 0;
    }
    log = new TrainingLog(workDir, before);
    progress =
        new Progress(
            listener,
            log,
            settings.logSteps(),
            settings.learningRate(),
            steps,
            settings.epochs() * (folds.count() + 1));
    tuning = new ContrastiveTuning(settings, device, progress);
  }

  private int foldCount() {
    int[] counts = new int[data.labels().size()];
    Arrays.stream(truths).forEach(c -> counts[c]++);
    return Math.min(FOLDS_MAX, Arrays.stream(counts).min().orElseThrow());
  }

  /** Cross-validates, chooses and trains. */
  public void run() {
    model = newModel();
    Labelled frozen = embed(model);
    List<double[][]> ofFrozen = new ArrayList<>();
    List<double[][]> ofTuned = new ArrayList<>();
    for (int fold = 0; fold < folds.count(); fold++) {
      stopIfCancelled();
      ofFrozen.add(scores(frozen, fold));
      ofTuned.add(tunedScores(fold));
    }
    candidates.addAll(Choice.candidates(Encoder.FROZEN, ofFrozen));
    candidates.addAll(Choice.candidates(Encoder.TUNED, ofTuned));
    chosen = Choice.best(candidates);
    Labelled vectors = frozen;
    if (chosen.encoder() == Encoder.TUNED) {
      tuning.tune(model, data.train(), truths, tuningSeed(folds.count()));
      vectors = embed(model);
    }
    LinearHead head =
        HeadScores.head(
            vectors,
            classCount(),
            settings.balancedClasses(),
            chosen.strength(),
            this::stopIfCancelled);
    loss = HeadScores.logLoss(head, vectors);
    put(head);
  }

  private double[][] tunedScores(int fold) {
    double[][] known = store.find(fold).orElse(null);
    int[] train = folds.outside(fold);
    int[] classes = classes(train);
    if (known != null) {
      progress.skip(ContrastiveTuning.steps(settings, classes), settings.epochs());
      return known;
    }
    try (Bert tuned = newModel()) {
      List<TokenIds> texts = Arrays.stream(train).mapToObj(data.train()::get).toList();
      tuning.tune(tuned, texts, classes, tuningSeed(fold));
      double[][] scores = scores(embed(tuned), fold);
      store.put(fold, scores);
      return scores;
    }
  }

  private double[][] scores(Labelled vectors, int fold) {
    return HeadScores.of(
        vectors.rows(folds.outside(fold)),
        vectors.rows(folds.inside(fold)),
        classCount(),
        settings.balancedClasses(),
        this::stopIfCancelled);
  }

  private Bert newModel() {
    return Bert.forTraining(
        base, config, data.vocabulary(), settings.seed(), Torch.manager(device));
  }

  private Labelled embed(Bert encoder) {
    float[][] rows = Inference.embeddings(encoder, data.train(), device, this::stopIfCancelled);
    double[][] vectors = new double[rows.length][config.hiddenSize()];
    for (int i = 0; i < rows.length; i++) {
      for (int k = 0; k < rows[i].length; k++) {
        vectors[i][k] = rows[i][k];
      }
    }
    return new Labelled(vectors, truths);
  }

  private void put(LinearHead head) {
    int width = config.hiddenSize();
    float[] weights = new float[classCount() * width];
    float[] bias = new float[classCount()];
    for (int c = 0; c < bias.length; c++) {
      bias[c] = (float) head.bias()[c];
      for (int k = 0; k < width; k++) {
        weights[c * width + k] = (float) head.weights()[c][k];
      }
    }
    model.weights().get(BertWeightNames.CLASSIFIER_WEIGHT).set(weights);
    model.weights().get(BertWeightNames.CLASSIFIER_BIAS).set(bias);
  }

  private int[] classes(int[] rows) {
    return Arrays.stream(rows).map(i -> truths[i]).toArray();
  }

  private int classCount() {
    return data.labels().size();
  }

  private long tuningSeed(int number) {
    return settings.seed() * 31 + number;
  }

  /** The model on the evaluation examples; null without any. */
  public Evaluation evaluate() {
    return data.evaluation().examples() == 0
        ? null
        : data.judge(
            Inference.logits(model, data.evaluation().ids(), device, this::stopIfCancelled));
  }

  /** Ends the training when the listener wants that; finished folds are kept. */
  public void stopIfCancelled() {
    progress.stopIfCancelled();
  }

  /** The trained model; its word embedding has the rows of the data's vocabulary only. */
  public Bert model() {
    return model;
  }

  /** Everything that was tried. */
  public List<Candidate> candidates() {
    return List.copyOf(candidates);
  }

  /** The best of them. */
  public Candidate chosen() {
    return chosen;
  }

  /** Parts of the cross-validation. */
  public int folds() {
    return folds.count();
  }

  /** Optimiser steps of all tunings. */
  public long steps() {
    return progress.steps();
  }

  /** Mean cross-entropy of the head on the training examples, in nats. */
  public double loss() {
    return loss;
  }

  /** Wall-clock seconds of this session. */
  public double seconds() {
    return progress.seconds();
  }

  /** Tokens tuned on in this session, without padding. */
  public long tokens() {
    return progress.tokens();
  }

  /** The log of the run. */
  public TrainingLog log() {
    return log;
  }

  @Override
  public void close() {
    if (model != null) {
      model.close();
    }
  }
}
