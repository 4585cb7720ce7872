package io.channelwise.bert.internal.inference;

import io.channelwise.bert.AnswerListener;
import io.channelwise.bert.Backend;
import io.channelwise.bert.BertException;
import io.channelwise.bert.Example;
import io.channelwise.bert.ModelFormatException;
import io.channelwise.bert.compression.QuantizationReport;
import io.channelwise.bert.evaluation.Evaluation;
import io.channelwise.bert.internal.files.AtomicDirectory;
import io.channelwise.bert.internal.files.BertConfig;
import io.channelwise.bert.internal.onnx.GraphForm;
import io.channelwise.bert.internal.onnx.GraphWriter;
import io.channelwise.bert.internal.onnx.Metadata;
import io.channelwise.bert.internal.task.KnownLabels;
import io.channelwise.bert.internal.task.Marks;
import io.channelwise.bert.internal.task.TagAnswers;
import io.channelwise.bert.internal.text.Inputs;
import io.channelwise.bert.internal.text.TextEncoder;
import io.channelwise.bert.internal.text.TokenIds;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Answers examples with both forms of a model and compares. */
public final class QuantizationTrial {
  private static final int PART = 256;

  private final BertConfig config;
  private final List<Example> examples;
  private final Inputs inputs;

  /** What one graph answered, and how long it took. */
  private static final class Answered {
    private final float[][] logits;
    private long nanos;

    Answered(float[][] logits) {
      this.logits = logits;
    }

    void add(Scorer scorer, List<TokenIds> part, int from) {
      long start = System.nanoTime();
      float[][] rows = scorer.logits(part);
      nanos += System.nanoTime() - start;
      System.arraycopy(rows, 0, logits, from, rows.length);
    }

    double rate(int examples) {
      return examples / (nanos / 1e9);
    }
  }

  private QuantizationTrial(BertConfig config, List<Example> examples, Inputs inputs) {
    this.config = config;
    this.examples = examples;
    this.inputs = inputs;
  }

  /** Runs the trial; the arguments are those of {@code OnnxExporter.compare}. */
  public static QuantizationReport run(
      Path modelDir, Path int8File, List<Example> examples, int threads, AnswerListener listener) {
    BertConfig config = BertConfig.readClassifier(modelDir);
    KnownLabels.require(config.labels(), examples);
    List<List<String>> texts = examples.stream().map(Example::inputs).toList();
    Inputs inputs;
    try (TextEncoder encoder = new TextEncoder(modelDir)) {
      inputs = Inputs.of(config.task(), texts, encoder, config.maxLength());
    }
    QuantizationTrial trial = new QuantizationTrial(config, examples, inputs);
    try {
      // A folder, because the weights of a large graph lie in a second file.
      Path temporary = Files.createTempDirectory("channelwise");
      try {
        Path wholeFile = temporary.resolve("model.onnx");
        long bytes = GraphWriter.export(modelDir, config, GraphForm.STANDARD, wholeFile);
        return trial.answerInTurns(modelDir, wholeFile, bytes, int8File, threads, listener);
      } finally {
        AtomicDirectory.delete(temporary);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("The files of the comparison cannot be used", e);
    } catch (LinkageError e) {
      throw new BertException(
          "The comparison needs onnxruntime, whose native library cannot be loaded here: "
              + e.getMessage(),
          e);
    }
  }

  /** Part by part, so that both meet the same machine. */
  private QuantizationReport answerInTurns(
      Path modelDir,
      Path wholeFile,
      long wholeBytes,
      Path int8File,
      int threads,
      AnswerListener listener)
      throws IOException {
    try (OnnxScorer whole = OnnxScorer.load(Backend.ONNX.key(), wholeFile, threads);
        OnnxScorer small = OnnxScorer.load(Backend.ONNX_INT8.key(), int8File, threads)) {
      requireSameModel(modelDir, whole.metadata(), int8File, small.metadata());
      List<TokenIds> ids = inputs.ids();
      Answered wholeAnswers = new Answered(new float[ids.size()][]);
      Answered smallAnswers = new Answered(new float[ids.size()][]);
      List<TokenIds> first = ids.subList(0, Math.min(PART, ids.size()));
      whole.logits(first);
      small.logits(first);
      for (int from = 0; from < ids.size(); from += PART) {
        List<TokenIds> part = ids.subList(from, Math.min(from + PART, ids.size()));
        wholeAnswers.add(whole, part, from);
        smallAnswers.add(small, part, from);
        listener.onAnswered(from + part.size(), ids.size());
      }
      return report(wholeAnswers, smallAnswers, wholeBytes, Files.size(int8File));
    }
  }

  private static void requireSameModel(
      Path modelDir, Map<String, String> model, Path file, Map<String, String> found) {
    // Written before files said so, one may still be of this model: then its labels must do.
    Set<String> keys = new TreeSet<>(Set.of("task", "labels"));
    if (found.containsKey(Metadata.WEIGHTS)) {
      keys.add(Metadata.WEIGHTS);
    }
    for (String key : keys) {
      if (!model.get(key).equals(found.get(key))) {
        throw new ModelFormatException(
            "File %s is not of model %s: its metadata has the %s %s, the model %s. Write it again with export-onnx."
                .formatted(file, modelDir, key, found.get(key), model.get(key)));
      }
    }
  }

  private QuantizationReport report(
      Answered whole, Answered small, long wholeBytes, long smallBytes) {
    List<List<String>> truths = examples.stream().map(Example::labels).toList();
    return new QuantizationReport(
        evaluate(truths, whole),
        evaluate(truths, small),
        agreement(answers(whole.logits), answers(small.logits)),
        difference(whole.logits, small.logits),
        wholeBytes,
        smallBytes,
        whole.rate(examples.size()),
        small.rate(examples.size()));
  }

  private Evaluation evaluate(List<List<String>> truths, Answered answered) {
    return Marks.of(config.task(), config.labels(), inputs, truths, answered.logits);
  }

  /** One answer a text, for tagged words one a word. */
  private List<String> answers(float[][] logits) {
    List<String> answers = new ArrayList<>();
    switch (config.task()) {
      case SEQUENCE, PAIR -> {
        for (float[] row : logits) {
          answers.add(Integer.toString(highest(row)));
        }
      }
      case MULTI_LABEL -> {
        for (float[] row : logits) {
          StringBuilder set = new StringBuilder();
          for (float logit : row) {
            set.append(logit > 0 ? '1' : '0');
          }
          answers.add(set.toString());
        }
      }
      case TOKENS -> {
        int[] words = examples.stream().mapToInt(example -> example.inputs().size()).toArray();
        new TagAnswers(config.labels())
            .of(inputs, words, logits)
            .forEach(sentence -> answers.addAll(sentence.tags()));
      }
    }
    return answers;
  }

  private static int highest(float[] row) {
    int best = 0;
    for (int c = 1; c < row.length; c++) {
      best = row[c] > row[best] ? c : best;
    }
    return best;
  }

  private static double agreement(List<String> one, List<String> other) {
    int same = 0;
    for (int i = 0; i < one.size(); i++) {
      same += one.get(i).equals(other.get(i)) ? 1 : 0;
    }
    return (double) same / one.size();
  }

  private static double difference(float[][] one, float[][] other) {
    double worst = 0;
    for (int i = 0; i < one.length; i++) {
      for (int c = 0; c < one[i].length; c++) {
        worst = Math.max(worst, Math.abs(one[i][c] - other[i][c]));
      }
    }
    return worst;
  }
}
