package io.channelwise.bert.internal.compress;

import ai.djl.Device;
import io.channelwise.bert.Example;
import io.channelwise.bert.compression.CompressionReport;
import io.channelwise.bert.evaluation.Evaluation;
import io.channelwise.bert.internal.files.BertConfig;
import io.channelwise.bert.internal.files.TensorFiles;
import io.channelwise.bert.internal.model.Bert;
import io.channelwise.bert.internal.model.Inference;
import io.channelwise.bert.internal.model.Torch;
import io.channelwise.bert.internal.task.Marks;
import io.channelwise.bert.internal.text.Inputs;
import io.channelwise.bert.internal.text.TextEncoder;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/** Measures a model: size, scores, speed. */
public final class Measurement {
  private static final int TEXTS_MAX = 1024;
  private static final int SINGLES_MAX = 200;
  private static final int WARM_UP = 20;
  private static final int PASSES = 3;

  /** How long answers take. */
  private record Speed(double textsPerSecond, double p50Millis, double p95Millis) {}

  /** A loaded model of any task. */
  private record Answerer(BertConfig config, TextEncoder encoder, Bert bert, Device device) {

    private float[][] logits(Inputs inputs) {
      return Inference.logits(bert, inputs.ids(), device);
    }

    private Inputs inputs(List<Example> examples) {
      List<List<String>> texts = examples.stream().map(Example::inputs).toList();
      return Inputs.of(config.task(), texts, encoder, config.maxLength());
    }

    Evaluation judge(List<Example> examples) {
      Inputs inputs = inputs(examples);
      List<List<String>> truths = examples.stream().map(Example::labels).toList();
      return Marks.of(config.task(), config.labels(), inputs, truths, logits(inputs));
    }

    double seconds(List<Example> examples) {
      long begin = System.nanoTime();
      logits(inputs(examples));
      return (System.nanoTime() - begin) / 1e9;
    }
  }

  private Measurement() {}

  /**
   * Measures a model on labelled examples.
   *
   * @param name what was done to it
   */
  public static CompressionReport.Row of(
      String name, Path model, List<Example> examples, String device, int threads) {
    BertConfig config = BertConfig.readClassifier(model);
    Torch.enter();
    Torch.threads(threads);
    Device target = Torch.device(device);
    Evaluation evaluation;
    Speed speed;
    try (TextEncoder encoder = new TextEncoder(model);
        Bert bert = Bert.load(model, config, Torch.manager(target))) {
      Answerer answerer = new Answerer(config, encoder, bert, target);
      evaluation = answerer.judge(examples);
      speed = speed(answerer, examples);
    }
    long parameters = 0;
    long zeros = 0;
    try (TensorFiles files = TensorFiles.open(model)) {
      for (String tensor : files.names()) {
        FloatBuffer values = files.read(tensor).values();
        parameters += values.remaining();
        while (values.hasRemaining()) {
          zeros += values.get() == 0 ? 1 : 0;
        }
      }
    }
    return new CompressionReport.Row(
        name,
        parameters,
        zeros,
        size(model),
        zippedSize(model),
        evaluation.accuracy(),
        evaluation.microF1(),
        evaluation.macroF1(),
        evaluation.examples(),
        speed.textsPerSecond(),
        speed.p50Millis(),
        speed.p95Millis());
  }

  private static Speed speed(Answerer answerer, List<Example> examples) {
    List<Example> many = examples.subList(0, Math.min(TEXTS_MAX, examples.size()));
    List<Example> single = examples.subList(0, Math.min(SINGLES_MAX, examples.size()));
    for (int i = 0; i < WARM_UP; i++) {
      answerer.seconds(List.of(single.get(i % single.size())));
    }
    double[] millis = new double[single.size()];
    for (int i = 0; i < millis.length; i++) {
      millis[i] = 1000 * answerer.seconds(List.of(single.get(i)));
    }
    double[] seconds = new double[PASSES];
    for (int pass = 0; pass < PASSES; pass++) {
      seconds[pass] = answerer.seconds(many);
    }
    return new Speed(
        many.size() / percentile(seconds, 50), percentile(millis, 50), percentile(millis, 95));
  }

  /** The value of that rank; the lower one between two. */
  static double percentile(double[] values, int percent) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[(sorted.length - 1) * percent / 100];
  }

  private static long size(Path model) {
    try {
      long bytes = 0;
      for (Path file : TensorFiles.paths(model)) {
        bytes += Files.size(file);
      }
      return bytes;
    } catch (IOException e) {
      throw new UncheckedIOException("The weights of " + model + " cannot be read", e);
    }
  }

  private static long zippedSize(Path model) {
    long[] bytes = {0};
    OutputStream counter =
        new OutputStream() {
          @Override
          public void write(int b) {
            bytes[0]++;
          }

          @Override
          public void write(byte[] block, int from, int count) {
            bytes[0] += count;
          }
        };
    try (OutputStream zip = new GZIPOutputStream(counter, 1 << 16)) {
      for (Path file : TensorFiles.paths(model)) {
        Files.copy(file, zip);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("The weights of " + model + " cannot be read", e);
    }
    return bytes[0];
  }
}
