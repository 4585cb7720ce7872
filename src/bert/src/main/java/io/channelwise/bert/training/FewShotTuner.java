package io.channelwise.bert.training;

import io.channelwise.bert.BertException;
import io.channelwise.bert.DatasetException;
import io.channelwise.bert.DatasetTooSmallException;
import io.channelwise.bert.Example;
import io.channelwise.bert.ModelFormatException;
import io.channelwise.bert.Task;
import io.channelwise.bert.evaluation.Evaluation;
import io.channelwise.bert.internal.fewshot.FewShotFiles;
import io.channelwise.bert.internal.fewshot.FewShotRun;
import io.channelwise.bert.internal.fewshot.FoldStore;
import io.channelwise.bert.internal.model.WeightFile;
import io.channelwise.bert.internal.training.Export;
import io.channelwise.bert.internal.training.FineTuning;
import io.channelwise.bert.internal.training.RunIdentity;
import io.channelwise.bert.internal.training.TrainingData;
import io.channelwise.bert.internal.training.Variation;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Trains a classifier from few examples: a linear head with a penalty on the encoder as it was
 * pretrained, or on one tuned to bring texts of a class together (supervised contrastive learning,
 * the idea of SetFit, Tunstall et al. 2022, <a href="https://arxiv.org/abs/2209.11055">2209.11055
 * </a>). Cross-validation on the training data chooses. The model is one like {@link FineTuner}'s.
 */
public final class FewShotTuner {
  /** With fewer examples in a class than this, few-shot training is worth trying. */
  public static final int FEW = 50;

  /** Settings that this training follows; the rest must be left as they are. */
  private static final Set<String> USED =
      Set.of(
          "task",
          "base",
          "epochs",
          "batch size",
          "learning rate",
          "warm-up share",
          "weight decay",
          "clip norm",
          "dropout",
          "balanced classes",
          "max length",
          "seed");

  private FewShotTuner() {}

  /**
   * The recipe measured on banking77 with ten texts a class. Epochs, batch size and learning rate
   * are the contrastive tuning's.
   */
  public static TrainingSettings defaults() {
    return TrainingSettings.builder().epochs(3).batchSize(64).learningRate(5e-5).build();
  }

  /**
   * Trains a classifier and writes it as a Hugging Face directory. A run that was cancelled or
   * killed goes on after its last finished fold when it is started again with the same {@code
   * workDir}, and ends with the same bits as an unbroken one.
   *
   * @param settings task, base, epochs, batch size, learning rate, warm-up share, weight decay,
   *     clip norm, dropout, balanced classes, max length and seed are followed
   * @param eval judged at the end; may be empty
   * @param workDir scores of finished folds; created if missing
   * @param outDir replaced as a whole when the training is done
   * @param baseModels where packaged weights are imported to, or found
   * @throws DatasetTooSmallException with fewer than two classes, fewer than two examples of a
   *     class, or fewer than eight in all
   * @throws DatasetException when the evaluation holds a label the training does not
   * @throws TrainingDivergedException when the loss is no number
   * @throws TrainingCancelledException when the listener asked to stop
   * @throws ModelFormatException when the base cannot be read
   * @throws BertException when a setting is not followed here, or the work folder belongs to a run
   *     of other settings or data
   */
  public static FewShotResult train(
      TrainingSettings settings,
      List<Example> train,
      List<Example> eval,
      Path workDir,
      Path outDir,
      Path baseModels,
      TrainingListener listener) {
    requireUsed(settings);
    TrainingData.checkedLabels(settings.task(), train, eval);
    requireTwoOfEach(train);
    return FineTuning.alone(
        listener,
        workDir,
        guard -> {
          FineTuning.Prepared prepared =
              FineTuning.prepare(
                  settings, train, eval, workDir, outDir, baseModels, Variation.NONE);
          return trainAlone(settings, prepared, workDir, outDir, guard);
        });
  }

  private static FewShotResult trainAlone(
      TrainingSettings settings,
      FineTuning.Prepared prepared,
      Path workDir,
      Path outDir,
      TrainingListener listener) {
    // The head stands on the base as it is; the folds that are kept must stand on the same.
    Map<String, String> identity =
        new TreeMap<>(FineTuning.identity(settings, prepared, Variation.NONE).values());
    identity.put("base weights", WeightFile.fingerprint(prepared.base()));
    try (FewShotRun run =
        new FewShotRun(
            settings,
            prepared.config(),
            prepared.base(),
            prepared.data(),
            workDir,
            new RunIdentity(identity, TrainingSettings.defaults().identity()),
            listener)) {
      run.run();
      Evaluation evaluation = run.evaluate();
      run.stopIfCancelled();
      TrainingResult training =
          new TrainingResult(
              outDir,
              prepared.data().labels(),
              run.steps(),
              run.loss(),
              evaluation,
              run.seconds(),
              run.tokens() / run.seconds(),
              prepared.data().cut());
      FewShotResult result =
          new FewShotResult(training, run.folds(), run.candidates(), run.chosen());
      Export.write(
          run.model(),
          Optional.empty(),
          run.log(),
          settings,
          prepared.data(),
          prepared.base(),
          training,
          folder -> FewShotFiles.add(folder, result));
      return result;
    }
  }

  /** What was chosen and why, and the scores of everything that was tried, as in report.txt. */
  public static String describe(FewShotResult result) {
    return FewShotFiles.text(result);
  }

  /** Examples of the rarest class; 0 without examples. */
  public static int rarestClass(List<Example> examples) {
    return counts(examples).values().stream().mapToInt(Integer::intValue).min().orElse(0);
  }

  /** Whether a folder holds folds that {@link #train} would go on from. */
  public static boolean hasCheckpoint(Path workDir) {
    return FoldStore.existsIn(workDir);
  }

  /** Deletes what {@link #train} left in a work folder, and the folder when it is empty then. */
  public static void forget(Path workDir) {
    FoldStore.deleteIn(workDir);
    FineTuner.forget(workDir);
  }

  private static void requireUsed(TrainingSettings settings) {
    if (settings.task() != Task.SEQUENCE && settings.task() != Task.PAIR) {
      throw new BertException(
          "Few-shot training gives each text or pair one class; it does not do the task %s. Leave few-shot out."
              .formatted(settings.task().key()));
    }
    Map<String, String> defaults = TrainingSettings.defaults().identity();
    TreeSet<String> unused = new TreeSet<>();
    settings
        .identity()
        .forEach(
            (name, value) -> {
              if (!USED.contains(name) && !value.equals(defaults.get(name))) {
                unused.add(name);
              }
            });
    if (!unused.isEmpty()) {
      throw new BertException(
          "Few-shot training does not know the setting %s. Leave it out, or leave few-shot out."
              .formatted(String.join(", ", unused)));
    }
  }

  private static void requireTwoOfEach(List<Example> train) {
    TreeMap<String, Integer> lonely = counts(train);
    lonely.values().removeIf(count -> count >= 2);
    if (!lonely.isEmpty()) {
      throw new DatasetTooSmallException(
          "Cross-validation needs 2 examples of every class; there is one only of %s. Label more, or remove these."
              .formatted(String.join(", ", lonely.keySet())));
    }
  }

  private static TreeMap<String, Integer> counts(List<Example> examples) {
    TreeMap<String, Integer> counts = new TreeMap<>();
    examples.forEach(example -> counts.merge(example.label(), 1, Integer::sum));
    return counts;
  }
}
