package io.channelwise.bert.internal.report;

import io.channelwise.bert.Calibration;
import io.channelwise.bert.RejectRule;
import io.channelwise.bert.Task;
import io.channelwise.bert.evaluation.Evaluation;
import io.channelwise.bert.evaluation.Interval;
import io.channelwise.bert.evaluation.Slices;
import io.channelwise.bert.internal.files.AtomicFile;
import io.channelwise.bert.training.TrainingResult;
import io.channelwise.bert.training.TrainingSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Writes {@code model-card.md} and keeps its sections on calibration and later evaluations current.
 * The head of the file is what Hugging Face's hub reads of a README.md.
 */
public final class ModelCard {
  public static final String FILE = "model-card.md";
  private static final String CALIBRATION = "calibration";
  private static final String EVALUATION = "evaluation";
  private static final int CLASSES_LISTED = 200;

  private ModelCard() {}

  /** The card of a finished training. */
  static String of(TrainingSettings settings, DataFacts data, TrainingResult result) {
    Task task = settings.task();
    return String.join(
        "\n",
        head(task, settings, data),
        "# " + CardTexts.title(task),
        "",
        CardTexts.purpose(task)
            .formatted(names(result.labels()), settings.base().replace("|", " ")),
        "## Scores",
        "",
        scores(task, data, result.evaluation()),
        "## Calibration",
        "",
        section(CALIBRATION, CardTexts.uncalibrated(task)),
        "## Parts of the data",
        "",
        section(EVALUATION, CardTexts.NOT_EVALUATED),
        data(task, data),
        training(settings, data, result),
        "## Use",
        "",
        CardTexts.use(task, settings.pooling(), settings.maxLength()),
        "## Limits",
        "",
        CardTexts.limits(task).formatted(settings.maxLength()));
  }

  private static String head(Task task, TrainingSettings settings, DataFacts data) {
    String languages =
        data.languages().keySet().stream()
            .filter(language -> !language.equals("other"))
            .collect(Collectors.joining(", "));
    return """
        ---
        language: [%s]
        library_name: transformers
        pipeline_tag: %s
        tags: [bert, channelwise]
        ---
        """
        .formatted(languages, task == Task.TOKENS ? "token-classification" : "text-classification");
  }

  private static String names(List<String> labels) {
    String shown =
        labels.stream()
            .limit(CLASSES_LISTED)
            .map(ModelCard::cell)
            .collect(Collectors.joining(", "));
    return labels.size() > CLASSES_LISTED ? shown + ", …" : shown;
  }

  private static String scores(Task task, DataFacts data, Evaluation evaluation) {
    if (evaluation == null) {
      return "No evaluation data was given.\n";
    }
    return "On %d held-out %s:\n\n```\n%s\n%s```\n"
        .formatted(
            data.evalExamples(),
            CardTexts.examples(task),
            evaluation.summary(),
            evaluation.report());
  }

  private static String data(Task task, DataFacts data) {
    String counts =
        data.classes().entrySet().stream()
            .limit(CLASSES_LISTED)
            .map(entry -> "| %s | %d |".formatted(cell(entry.getKey()), entry.getValue()))
            .collect(Collectors.joining("\n"));
    String languages =
        data.languages().entrySet().stream()
            .map(entry -> entry.getKey() + " " + entry.getValue())
            .collect(Collectors.joining(", "));
    return """
        ## Data

        | fact | value |
        | --- | --- |
        | training %s | %d |
        | evaluation %s | %d |
        | median length | %d characters |
        | language by script | %s |
        | SHA-256 of all inputs and labels | %s |

        | %s | in training |
        | --- | --- |
        %s
        """
        .formatted(
            CardTexts.examples(task),
            data.trainExamples(),
            CardTexts.examples(task),
            data.evalExamples(),
            data.medianLength(),
            languages,
            data.sha256(),
            task == Task.TOKENS ? "kind of entity" : "class",
            counts);
  }

  private static String training(TrainingSettings settings, DataFacts data, TrainingResult result) {
    String rows =
        settings.identity().entrySet().stream()
            .map(entry -> "| %s | %s |".formatted(cell(entry.getKey()), cell(entry.getValue())))
            .collect(Collectors.joining("\n"));
    return String.format(
        Locale.ROOT,
        """
        ## Training

        | setting | value |
        | --- | --- |
        %s
        | steps | %d |
        | final training loss | %.4f |
        | %s over %d tokens (training and evaluation) | %d |
        | seconds, tokens a second | %.0f, %.0f |

        Rows of the word embedding that no text of the data uses are as in the base.
        """,
        rows,
        result.steps(),
        result.finalLoss(),
        CardTexts.examples(settings.task()),
        settings.maxLength(),
        data.cut(),
        result.seconds(),
        result.tokensPerSecond());
  }

  /** Says in the card of a model, if it has one, what calibration found. */
  public static void calibrated(Path folder, Calibration calibration) {
    RejectRule reject = calibration.reject();
    String text =
        String.format(
            Locale.ROOT,
            "Fitted on %d held-out examples (`calibration.json`): temperature %.4f; the expected calibration error went from %.4f to %.4f. Divide the logits by the temperature before softmax or sigmoid; `predict` and `evaluate` do.",
            calibration.examples(),
            calibration.temperature(),
            calibration.errorBefore(),
            calibration.errorAfter());
    if (reject.wantedPrecision() > 0) {
      text +=
          String.format(
              Locale.ROOT,
              "%n%nAnswers below %.4f are rejected so that %.1f %% of the others are right: on the held-out examples %.1f %% are answered, %.1f %% of these rightly. The threshold was chosen on these examples: of others, expect fewer right.",
              reject.threshold(),
              100 * reject.wantedPrecision(),
              100 * reject.coverage(),
              100 * reject.precision());
    }
    replace(folder, CALIBRATION, text);
  }

  /** Says in the card of a model, if it has one, how it did on other data and on its parts. */
  public static void evaluated(Path folder, String data, Evaluation evaluation, Slices slices) {
    String rows =
        slices.slices().stream()
            .map(
                slice ->
                    String.format(
                        Locale.ROOT,
                        "| %s | %s | %d | %s | %s | %s |",
                        cell(slice.column()),
                        cell(slice.value()),
                        slice.examples(),
                        score(slice.score(), slice.interval()),
                        score(slice.rest(), null),
                        slice.worse() ? "yes" : ""))
            .collect(Collectors.joining("\n"));
    String text =
        """
        On %d examples of `%s`:

        ```
        %s```

        | cut by | part | examples | %s (95 %% interval) | on the others | worse |
        | --- | --- | --- | --- | --- | --- |
        %s

        %s"""
            .formatted(
                evaluation.examples(),
                data.replace('`', '\''),
                evaluation.summary(),
                slices.figure(),
                rows,
                slices.sentence());
    replace(folder, EVALUATION, text);
  }

  private static String score(double score, Interval interval) {
    if (Double.isNaN(score)) {
      return "–";
    }
    String shown = String.format(Locale.ROOT, "%.4f", score);
    return interval == null ? shown : shown + " (" + interval + ")";
  }

  private static String section(String name, String text) {
    return "<!-- %s -->\n%s\n<!-- end of %s -->\n".formatted(name, text, name);
  }

  private static void replace(Path folder, String name, String text) {
    Path path = folder.resolve(FILE);
    if (!Files.isRegularFile(path)) {
      return;
    }
    try {
      String card = Files.readString(path);
      String fresh = section(name, text);
      int from = card.indexOf("<!-- " + name + " -->");
      String last = "<!-- end of " + name + " -->\n";
      int to = card.indexOf(last);
      // A card of another's making keeps all it says.
      boolean known = from >= 0 && to > from;
      String result =
          known
              ? card.substring(0, from) + fresh + card.substring(to + last.length())
              : card.stripTrailing() + "\n\n" + fresh;
      AtomicFile.write(path, result);
    } catch (IOException e) {
      throw new UncheckedIOException("File " + path + " cannot be written", e);
    }
  }

  private static String cell(String text) {
    return text.replace("|", "\\|").replaceAll("\\s+", " ");
  }
}
