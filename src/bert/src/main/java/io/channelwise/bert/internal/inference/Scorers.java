package io.channelwise.bert.internal.inference;

import ai.djl.Device;
import io.channelwise.bert.Backend;
import io.channelwise.bert.BertException;
import io.channelwise.bert.internal.files.BertConfig;
import io.channelwise.bert.internal.model.Torch;
import io.channelwise.bert.internal.onnx.GraphForm;
import io.channelwise.bert.internal.onnx.GraphWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Loads a model into the backend asked for, or into the best one. */
public final class Scorers {
  private static final Logger LOG = LoggerFactory.getLogger(Scorers.class);

  /** Two backends whose logits differ by more than this do not give the same answers. */
  private static final double DIFFERENCE_MAX = 1e-4;

  private Scorers() {}

  /**
   * Loads a model. Which backend was taken, and why, is logged in one line.
   *
   * @param config with labels
   * @param device {@code auto}, {@code cpu} or {@code gpu}; onnxruntime runs on the CPU
   * @param threads of the CPU kernels; 0 leaves PyTorch's as they are and gives onnxruntime one a
   *     processor
   * @throws BertException when the backend asked for cannot be had
   */
  public static Scorer load(
      Path folder, BertConfig config, Backend backend, String device, int threads) {
    return switch (backend) {
      case DJL -> logged(djl(folder, config, device, threads), folder);
      case ONNX, ONNX_INT8 -> {
        if (device.equals("gpu")) {
          throw new BertException(
              "Backend %s runs on the CPU; use --backend djl for --device gpu."
                  .formatted(backend.key()));
        }
        try {
          yield logged(onnx(folder, config, backend, threads), folder);
        } catch (LinkageError e) {
          throw new BertException(
              "Backend %s needs onnxruntime, whose native library cannot be loaded here: %s. Use --backend djl."
                  .formatted(backend.key(), e.getMessage()),
              e);
        }
      }
      case AUTO -> fastest(folder, config, device, threads);
    };
  }

  private static Scorer fastest(Path folder, BertConfig config, String device, int threads) {
    Torch.enter();
    if (!Torch.device(device).equals(Device.cpu())) {
      return logged(djl(folder, config, device, threads), folder);
    }
    Scorer djl = djl(folder, config, device, threads);
    Scorer onnx = null;
    Scorer taken = djl;
    try {
      onnx = onnx(folder, config, Backend.ONNX, threads);
      taken = faster(folder, config, djl, onnx);
    } catch (LinkageError | RuntimeException e) {
      LOG.info(
          "inference backend=djl model={} reason=\"onnxruntime is not usable: {}\"",
          folder,
          e.getMessage());
    }
    if (taken == onnx) {
      djl.close();
    } else if (onnx != null) {
      onnx.close();
    }
    return taken;
  }

  private static Scorer faster(Path folder, BertConfig config, Scorer djl, Scorer onnx) {
    Probe probe = new Probe(config);
    double difference = probe.difference(djl, onnx);
    if (difference > DIFFERENCE_MAX) {
      LOG.warn(
          "inference backend=djl model={} reason=\"logits of onnxruntime differ by {}\"",
          folder,
          difference);
      return djl;
    }
    double djlTime = probe.milliseconds(djl);
    double onnxTime = probe.milliseconds(onnx);
    Scorer taken = onnxTime < djlTime ? onnx : djl;
    LOG.info(
        "inference backend={} model={} djl_ms={} onnx_ms={} difference={}",
        taken.name(),
        folder,
        String.format(Locale.ROOT, "%.2f", djlTime),
        String.format(Locale.ROOT, "%.2f", onnxTime),
        String.format(Locale.ROOT, "%.1e", difference));
    return taken;
  }

  private static Scorer logged(Scorer scorer, Path folder) {
    LOG.info("inference backend={} model={}", scorer.name(), folder);
    return scorer;
  }

  private static Scorer djl(Path folder, BertConfig config, String device, int threads) {
    Torch.enter();
    Torch.threads(threads);
    return DjlScorer.load(folder, config, Torch.device(device));
  }

  private static Scorer onnx(Path folder, BertConfig config, Backend backend, int threads) {
    GraphForm form = backend == Backend.ONNX_INT8 ? GraphForm.INT8 : GraphForm.FUSED;
    return session(folder, config, form, backend.key(), threads);
  }

  /** Writes the graph into a temporary folder that is gone when the session has read it. */
  static OnnxScorer session(
      Path folder, BertConfig config, GraphForm form, String name, int threads) {
    try {
      Path temporary = Files.createTempDirectory("channelwise-onnx");
      try {
        Path file = temporary.resolve("model.onnx");
        GraphWriter.bare(folder, config, form, file);
        return OnnxScorer.load(name, file, threads);
      } finally {
        delete(temporary);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("A temporary folder for the graph cannot be used", e);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }
}
