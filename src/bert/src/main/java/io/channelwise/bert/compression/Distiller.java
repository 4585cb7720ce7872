package io.channelwise.bert.compression;

import io.channelwise.bert.BertException;
import io.channelwise.bert.Classifier;
import io.channelwise.bert.DatasetException;
import io.channelwise.bert.Example;
import io.channelwise.bert.ModelFormatException;
import io.channelwise.bert.Task;
import io.channelwise.bert.internal.compress.Folders;
import io.channelwise.bert.internal.compress.Layers;
import io.channelwise.bert.internal.compress.Measurement;
import io.channelwise.bert.internal.compress.TeacherAnswers;
import io.channelwise.bert.internal.files.AtomicDirectory;
import io.channelwise.bert.internal.files.BertConfig;
import io.channelwise.bert.internal.files.TensorFiles;
import io.channelwise.bert.internal.report.ModelFiles;
import io.channelwise.bert.internal.training.FineTuning;
import io.channelwise.bert.training.FineTuner;
import io.channelwise.bert.training.TrainingCancelledException;
import io.channelwise.bert.training.TrainingDivergedException;
import io.channelwise.bert.training.TrainingListener;
import io.channelwise.bert.training.TrainingResult;
import io.channelwise.bert.training.TrainingSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Teaches a BERT of fewer layers what a trained one knows. The student begins with evenly spaced
 * layers of its teacher (Sanh et al. 2019, <a
 * href="https://arxiv.org/abs/1910.01108">1910.01108</a>) and learns from the labels and from the
 * teacher's answers at a temperature (Hinton et al. 2015, <a
 * href="https://arxiv.org/abs/1503.02531">1503.02531</a>): alpha × loss of the labels + (1 − alpha)
 * × T² × KL(teacher ‖ student). One distillation or training a process at a time.
 */
public final class Distiller {
  private static final String TEXT = "compression.txt";
  private static final String CSV = "compression.csv";
  private static final String FOLDER = "distillation";

  private Distiller() {}

  /**
   * Trains a student and writes it as a Hugging Face directory, with {@code compression.txt} and
   * {@code compression.csv} beside it. If {@code workDir} holds a checkpoint of the same settings,
   * data and teacher, the training goes on from there; the teacher answers once only.
   *
   * @param teacher a trained model of the task of {@code settings.training()}
   * @param unlabelled more inputs for the student, as those of {@link Example#inputs()}; the
   *     teacher's answer becomes their label. Only for the task sequence
   * @param eval judges teacher and student; may be empty, then the training examples do
   * @param workDir checkpoints; deleted at the end
   * @param outDir replaced as a whole at the end
   * @throws DatasetException when examples have labels the teacher does not know
   * @throws TrainingDivergedException when the loss is no number or ran away
   * @throws TrainingCancelledException when the listener asked to stop; a checkpoint is saved
   * @throws BertException when the student would have more layers than the teacher, or the teacher
   *     is for another task
   */
  public static CompressionReport distill(
      DistillationSettings settings,
      Path teacher,
      List<Example> train,
      List<List<String>> unlabelled,
      List<Example> eval,
      Path workDir,
      Path outDir,
      TrainingListener listener) {
    AtomicDirectory.requireReplaceable(outDir, ModelFiles.NAMES);
    BertConfig config = BertConfig.readClassifier(teacher);
    if (settings.layers() > config.layers()) {
      throw new BertException(
          "A student of %d layers cannot be taken from a teacher of %d; ask for %d or fewer."
              .formatted(settings.layers(), config.layers(), config.layers()));
    }
    Path own = workDir.resolve(FOLDER);
    AtomicDirectory.recover(own);
    createFolder(own);
    try {
      return taught(settings, teacher, config, train, unlabelled, eval, workDir, outDir, listener);
    } catch (TrainingCancelledException e) {
      throw e; // what the teacher answered is kept
    } catch (BertException e) {
      if (!hasCheckpoint(workDir)) { // refused before anything was learnt
        AtomicDirectory.delete(own);
        AtomicDirectory.deleteIfEmpty(workDir);
      }
      throw e;
    }
  }

  private static CompressionReport taught(
      DistillationSettings settings,
      Path teacher,
      BertConfig config,
      List<Example> train,
      List<List<String>> unlabelled,
      List<Example> eval,
      Path workDir,
      Path outDir,
      TrainingListener listener) {
    Path own = workDir.resolve(FOLDER);
    Path student = own.resolve("student");
    List<Integer> layers = Layers.chosen(config.layers(), settings.layers());
    AtomicDirectory.replace(student, folder -> Layers.write(teacher, layers, folder));
    TrainingSettings training =
        settings.training().toBuilder()
            .base(student.toString())
            .maxLength(Math.max(4, config.maxLength()))
            .build();
    List<Example> lessons = new ArrayList<>(train);
    lessons.addAll(labelled(teacher, config, unlabelled, training));
    TeacherAnswers answers =
        new TeacherAnswers(
            teacher,
            TensorFiles.sha256(teacher),
            own,
            training.device(),
            settings.temperature(),
            settings.alpha());
    Path trained = own.resolve("model");
    TrainingResult result =
        FineTuning.train(training, lessons, eval, own, trained, own, answers, listener);
    CompressionReport report =
        report(
            settings, teacher, trained, layers, eval.isEmpty() ? train : eval, result, unlabelled);
    AtomicDirectory.replace(
        outDir,
        folder -> {
          Folders.copy(trained, folder);
          Files.writeString(folder.resolve(TEXT), report.text());
          Files.writeString(folder.resolve(CSV), report.csv());
        });
    AtomicDirectory.delete(own);
    AtomicDirectory.deleteIfEmpty(workDir);
    return report;
  }

  /** Whether a folder holds a checkpoint that {@link #distill} would go on from. */
  public static boolean hasCheckpoint(Path workDir) {
    return FineTuner.hasCheckpoint(workDir.resolve(FOLDER));
  }

  /**
   * The task of a trained model.
   *
   * @throws ModelFormatException when the folder holds none
   */
  public static Task task(Path model) {
    return BertConfig.readClassifier(model).task();
  }

  private static List<Example> labelled(
      Path teacher, BertConfig config, List<List<String>> inputs, TrainingSettings training) {
    if (inputs.isEmpty()) {
      return List.of();
    }
    if (config.task() != Task.SEQUENCE) {
      throw new BertException(
          "Unlabelled texts are taken for the task sequence only; this teacher is for %s."
              .formatted(config.task().key()));
    }
    try (Classifier classifier = Classifier.load(teacher, training.device(), training.threads())) {
      return classifier.predict(inputs.stream().map(texts -> texts.get(0)).toList()).stream()
          .map(answer -> new Example(answer.text(), answer.label()))
          .toList();
    }
  }

  private static CompressionReport report(
      DistillationSettings settings,
      Path teacher,
      Path student,
      List<Integer> layers,
      List<Example> judges,
      TrainingResult result,
      List<List<String>> unlabelled) {
    TrainingSettings training = settings.training();
    String name = "student, %d layers".formatted(settings.layers());
    List<CompressionReport.Row> rows =
        List.of(
            Measurement.of("teacher", teacher, judges, training.device(), training.threads()),
            Measurement.of(name, student, judges, training.device(), training.threads()));
    List<String> remarks = new ArrayList<>();
    remarks.add(
        String.format(
            Locale.ROOT,
            "The student began with the teacher's layers %s (from 0) and its head, and was trained"
                + " %d epochs at learning rate %s, alpha %s, temperature %s, seed %d.",
            layers,
            training.epochs(),
            training.learningRate(),
            settings.alpha(),
            settings.temperature(),
            training.seed()));
    if (!unlabelled.isEmpty()) {
      remarks.add(
          "%d unlabelled texts were added with the teacher's answers."
              .formatted(unlabelled.size()));
    }
    if (result.evaluation() == null) {
      remarks.add(
          "There was no evaluation data: the scores are of the training examples and flatter"
              + " both.");
    }
    boolean oneLabel = training.task() == Task.SEQUENCE || training.task() == Task.PAIR;
    CompressionReport.Row before = rows.get(0);
    CompressionReport.Row after = rows.get(1);
    remarks.add(
        String.format(
            Locale.ROOT,
            "%s %.4f instead of %.4f with %.1f %% of the bytes, %.2f times the texts a second"
                + " and %.2f times faster single answers.",
            oneLabel ? "Accuracy" : "Micro F1",
            // With one label a text both are the same.
            after.microF1(),
            before.microF1(),
            100.0 * after.bytes() / before.bytes(),
            after.textsPerSecond() / before.textsPerSecond(),
            before.p50Millis() / after.p50Millis()));
    return new CompressionReport(rows, remarks);
  }

  private static void createFolder(Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException("Work folder " + folder + " cannot be created", e);
    }
  }
}
