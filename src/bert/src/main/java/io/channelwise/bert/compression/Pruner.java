package io.channelwise.bert.compression;

import io.channelwise.bert.BertException;
import io.channelwise.bert.DatasetException;
import io.channelwise.bert.Example;
import io.channelwise.bert.internal.compress.Folders;
import io.channelwise.bert.internal.compress.HeadPruning;
import io.channelwise.bert.internal.compress.Importance;
import io.channelwise.bert.internal.compress.KeepZeros;
import io.channelwise.bert.internal.compress.MagnitudePruning;
import io.channelwise.bert.internal.compress.Measurement;
import io.channelwise.bert.internal.compress.NeuronPruning;
import io.channelwise.bert.internal.files.AtomicDirectory;
import io.channelwise.bert.internal.files.BertConfig;
import io.channelwise.bert.internal.files.Sha256;
import io.channelwise.bert.internal.files.TensorFiles;
import io.channelwise.bert.internal.report.ModelFiles;
import io.channelwise.bert.internal.search.Fingerprint;
import io.channelwise.bert.internal.text.TextEncoder;
import io.channelwise.bert.internal.training.FineTuning;
import io.channelwise.bert.internal.training.KeptHead;
import io.channelwise.bert.internal.training.TrainingData;
import io.channelwise.bert.training.FineTuner;
import io.channelwise.bert.training.TrainingCancelledException;
import io.channelwise.bert.training.TrainingDivergedException;
import io.channelwise.bert.training.TrainingListener;
import io.channelwise.bert.training.TrainingSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Makes smaller copies of a trained model: single weights, neurons or attention heads go, whichever
 * matter least, and the rest may be trained on. One pruning or training a process at a time.
 */
public final class Pruner {
  private static final String TEXT = "compression.txt";
  private static final String CSV = "compression.csv";
  private static final String FOLDER = "pruning";

  private Pruner() {}

  /**
   * Prunes a model by each of the amounts, each time from the original, and measures them all.
   *
   * <p>With one amount, {@code outDir} is the pruned model's Hugging Face directory; with several,
   * it holds one of them for each, named such as {@code neurons-0.25}. {@code compression.txt} and
   * {@code compression.csv} stand in {@code outDir}. If {@code workDir} holds the checkpoint of a
   * training that a stop broke off, that training goes on from there.
   *
   * @param model a trained model of the task of {@code settings.training()}
   * @param train says what matters and is trained on; may be empty for weights without training
   * @param eval judges the models; may be empty, then the training examples do
   * @param workDir checkpoints; deleted at the end
   * @param outDir replaced as a whole at the end
   * @throws DatasetException when examples are missing or have labels the model does not know
   * @throws TrainingDivergedException when the loss is no number or ran away
   * @throws TrainingCancelledException when the listener asked to stop
   * @throws BertException when the model is for another task
   */
  public static CompressionReport prune(
      PruningSettings settings,
      Path model,
      List<Example> train,
      List<Example> eval,
      Path workDir,
      Path outDir,
      TrainingListener listener) {
    AtomicDirectory.requireReplaceable(outDir, names(settings));
    requireExamples(settings, train, eval);
    try {
      return pruned(settings, model, train, eval, workDir, outDir, listener);
    } catch (BertException e) {
      AtomicDirectory.deleteIfEmpty(workDir); // refused before anything was made
      throw e;
    }
  }

  private static CompressionReport pruned(
      PruningSettings settings,
      Path model,
      List<Example> train,
      List<Example> eval,
      Path workDir,
      Path outDir,
      TrainingListener listener) {
    TrainingSettings training = settings.training();
    BertConfig config =
        KeptHead.config(
            model,
            training.task(),
            train.stream().flatMap(example -> example.labels().stream()).distinct().toList(),
            BertConfig.readClassifier(model).maxLength());
    Importance importance =
        settings.kind() == PruningSettings.Kind.WEIGHTS
            ? null
            : importance(settings, model, config, train, listener);
    List<Example> judges = eval.isEmpty() ? train : eval;
    // What an earlier call left counts only when model, settings and data are the same.
    Path own = workDir.resolve(FOLDER).resolve(key(settings, model, train, eval));
    AtomicDirectory.recover(workDir.resolve(FOLDER));
    createFolder(own);
    List<CompressionReport.Row> rows = new ArrayList<>();
    rows.add(Measurement.of("original", model, judges, training.device(), training.threads()));
    List<Path> models = new ArrayList<>();
    for (double amount : settings.amounts()) {
      Path pruned = own.resolve(name(settings, amount));
      if (!Files.isDirectory(pruned)) {
        make(settings, amount, importance, model, config, train, eval, own, pruned, listener);
      }
      rows.add(
          Measurement.of(
              name(settings, amount), pruned, judges, training.device(), training.threads()));
      models.add(pruned);
    }
    CompressionReport report = new CompressionReport(rows, remarks(settings, config, eval));
    publish(models, report, outDir);
    AtomicDirectory.delete(workDir.resolve(FOLDER));
    AtomicDirectory.deleteIfEmpty(workDir);
    return report;
  }

  /** Whether a folder holds the beginnings of a pruning that {@link #prune} may go on from. */
  public static boolean hasState(Path workDir) {
    return Files.isDirectory(workDir.resolve(FOLDER));
  }

  private static String key(
      PruningSettings settings, Path model, List<Example> train, List<Example> eval) {
    String all =
        String.join(
            " ",
            TensorFiles.sha256(model),
            settings.kind().key(),
            settings.importanceExamples() + " " + settings.epochs(),
            settings.training().identity().toString(),
            Fingerprint.of(train, eval));
    return Sha256.of(all).substring(0, 16);
  }

  private static void requireExamples(
      PruningSettings settings, List<Example> train, List<Example> eval) {
    boolean needed = settings.kind() != PruningSettings.Kind.WEIGHTS || settings.epochs() > 0;
    if (needed && train.isEmpty()) {
      throw new DatasetException(
          "Pruning of %s%s needs training examples; give a file of them."
              .formatted(
                  settings.kind().key(), settings.epochs() > 0 ? " with training after it" : ""));
    }
    if (train.isEmpty() && eval.isEmpty()) {
      throw new DatasetException(
          "There is no example to judge the models on; give training or evaluation data.");
    }
  }

  private static Importance importance(
      PruningSettings settings,
      Path model,
      BertConfig config,
      List<Example> train,
      TrainingListener listener) {
    TrainingData data;
    try (TextEncoder encoder = new TextEncoder(model)) {
      data =
          TrainingData.of(
              settings.training(),
              config.labels(),
              train,
              List.of(),
              encoder,
              config.maxLength(),
              config.vocabSize());
    }
    return Importance.of(
        model, config, data, settings.training(), settings.importanceExamples(), listener);
  }

  private static void make(
      PruningSettings settings,
      double amount,
      Importance importance,
      Path model,
      BertConfig config,
      List<Example> train,
      List<Example> eval,
      Path workDir,
      Path pruned,
      TrainingListener listener) {
    Path target =
        settings.epochs() == 0 ? pruned : workDir.resolve(name(settings, amount) + "-untrained");
    AtomicDirectory.replace(
        target,
        folder -> {
          switch (settings.kind()) {
            case WEIGHTS -> MagnitudePruning.write(model, amount, folder);
            case NEURONS -> NeuronPruning.write(model, importance.neurons(), amount, folder);
            case HEADS -> HeadPruning.write(model, importance.heads(), amount, folder);
          }
        });
    if (settings.epochs() > 0) {
      listener.onNotice(name(settings, amount) + " is pruned and trained on now");
      TrainingSettings training =
          settings.training().toBuilder()
              .base(target.toString())
              .epochs(settings.epochs())
              .maxLength(Math.max(4, config.maxLength()))
              .build();
      try (KeepZeros zeros = new KeepZeros(model)) {
        FineTuning.train(training, train, eval, workDir, pruned, workDir, zeros, listener);
      }
      // The next amount's training must not find this one's checkpoint.
      FineTuner.forget(workDir);
      AtomicDirectory.delete(target);
    }
  }

  private static void publish(List<Path> models, CompressionReport report, Path outDir) {
    AtomicDirectory.replace(
        outDir,
        folder -> {
          for (Path model : models) {
            Path target = models.size() == 1 ? folder : folder.resolve(model.getFileName());
            Files.createDirectories(target);
            Folders.copy(model, target);
          }
          Files.writeString(folder.resolve(TEXT), report.text());
          Files.writeString(folder.resolve(CSV), report.csv());
        });
  }

  private static List<String> remarks(
      PruningSettings settings, BertConfig config, List<Example> eval) {
    List<String> remarks = new ArrayList<>();
    remarks.add(
        switch (settings.kind()) {
          case WEIGHTS ->
              "Zeros are kept in dense matrices: the file is smaller only when zipped, and answers take as long as before.";
          case NEURONS ->
              "Of %d neurons a layer: each layer lost the same number, intermediate_size in config.json says how many are left, and every Hugging Face tool reads the model."
                  .formatted(config.intermediateSize());
          case HEADS ->
              "Of %d heads in %d layers: silenced heads keep their place as zeros, because config.json has one number of heads for all layers; answers take as long as before and the file is smaller only when zipped."
                  .formatted(config.heads() * config.layers(), config.layers());
        });
    if (settings.kind() != PruningSettings.Kind.WEIGHTS) {
      remarks.add(
          "What matters was judged by the loss gradient on up to %d training examples, seed %d."
              .formatted(settings.importanceExamples(), settings.training().seed()));
    }
    remarks.add(
        settings.epochs() == 0
            ? "The models were not trained after the pruning; --epochs does that."
            : String.format(
                Locale.ROOT,
                "Each was trained %d epochs after the pruning, at learning rate %s.",
                settings.epochs(),
                settings.training().learningRate()));
    if (eval.isEmpty()) {
      remarks.add(
          "There was no evaluation data: the scores are of the training examples and flatter.");
    }
    return remarks;
  }

  private static String name(PruningSettings settings, double amount) {
    return settings.kind().key() + "-" + amount;
  }

  /** What the output folder may hold before it is replaced. */
  private static Set<String> names(PruningSettings settings) {
    Set<String> names = new HashSet<>(ModelFiles.NAMES);
    settings.amounts().forEach(amount -> names.add(name(settings, amount)));
    return names;
  }

  private static void createFolder(Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException("Work folder " + folder + " cannot be created", e);
    }
  }
}
