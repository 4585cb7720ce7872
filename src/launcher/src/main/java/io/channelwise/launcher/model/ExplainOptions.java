package io.channelwise.launcher.model;

import io.channelwise.bert.BertException;
import io.channelwise.bert.evaluation.Explainer;
import io.channelwise.bert.evaluation.Explanation;
import io.channelwise.bert.evaluation.ExplanationFiles;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;

/** Which words led to the answers of {@code predict}. */
final class ExplainOptions {
  private static final Pattern OTHER_FILE = Pattern.compile(".+\\.[A-Za-z]{2,4}");

  @Option(
      names = "--explain",
      arity = "0..1",
      fallbackValue = "explanations.html",
      paramLabel = "FILE.html|FILE.json|DIR",
      description =
          "Also write which words led to each answer (integrated gradients): a page, the numbers, or"
              + " both into a folder. Without a name: ${FALLBACK-VALUE}.")
  private Path target;

  @Option(
      names = "--explain-limit",
      defaultValue = "100",
      paramLabel = "N",
      description = "Explain no more inputs than this. Default: ${DEFAULT-VALUE}.")
  private int limit;

  /** Refuses what cannot be written, before the inputs are answered. */
  void check() {
    if (limit < 1) {
      throw new BertException("Option --explain-limit is " + limit + "; expected 1 or more.");
    }
    if (target == null) {
      return;
    }
    String name = target.getFileName().toString();
    if (name.endsWith(".html") || name.endsWith(".json")) {
      Outputs.requireFile("--explain", target);
      return;
    }
    if (OTHER_FILE.matcher(name).matches() && !Files.isDirectory(target)) {
      throw new BertException(
          "Option --explain names %s; expected a name that ends in .html or .json, or a folder."
              .formatted(target));
    }
    Outputs.requireFolder("--explain", target);
  }

  /** Explains the first inputs, when asked to. */
  void write(
      Path model, List<List<String>> inputs, String device, int threads, PrintWriter remarks) {
    if (target == null) {
      return;
    }
    List<Explanation> explanations = new ArrayList<>();
    int count = Math.min(limit, inputs.size());
    try (Explainer explainer = Explainer.load(model, device, threads);
        WorkProgress progress = WorkProgress.of(remarks, "explanation")) {
      for (int i = 0; i < count; i++) {
        explanations.addAll(explainer.explain(inputs.get(i)));
        progress.onAnswered(i + 1, count);
      }
    }
    ExplanationFiles.write(target, explanations);
    long incomplete = explanations.stream().filter(e -> !e.complete()).count();
    double widest = explanations.stream().mapToDouble(e -> Math.abs(e.gap())).max().orElse(0);
    remarks.printf(
        Locale.ROOT,
        "%d answers to %d of %d inputs explained in %s; widest gap of the integration %.5f%s%n",
        explanations.size(),
        count,
        inputs.size(),
        target,
        widest,
        incomplete == 0 ? "" : ", " + incomplete + " over the tolerance");
    remarks.flush();
  }
}
