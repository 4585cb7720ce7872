package io.channelwise.launcher.model;

import io.channelwise.bert.BertException;
import io.channelwise.bert.Example;
import io.channelwise.bert.Task;
import io.channelwise.bert.evaluation.HeldOut;
import io.channelwise.bert.search.HyperparameterSearch;
import io.channelwise.bert.search.SearchMethod;
import io.channelwise.bert.search.SearchRange;
import io.channelwise.bert.search.SearchResult;
import io.channelwise.bert.search.SearchSettings;
import io.channelwise.bert.search.SearchSettings.Metric;
import io.channelwise.bert.training.TrainingSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;

/** Searches hyperparameters and keeps the best model. */
@Command(
    name = "search",
    sortOptions = false,
    description =
        "Search learning rate, batch size, epochs, warm-up, weight decay, dropout, layer decay and"
            + " label smoothing, and write the best model.",
    footer = {
      "",
      "Example:",
      "  ./channelwise search --train train.csv --budget 20m --trials 9 --method halving --out"
          + " model",
      "Stopped with Ctrl-C or by the end of its time, it goes on with --resume."
    })
public final class SearchCommand extends ModelCommand {
  private static final double HELD_OUT = 0.2;

  @Option(
      names = "--task",
      defaultValue = "sequence",
      paramLabel = "TASK",
      description = "sequence, pair, multi-label or tokens. Default: ${DEFAULT-VALUE}.")
  private String task;

  @Option(
      names = "--base",
      defaultValue = "minilm",
      paramLabel = "NAME|DIR",
      description =
          "Pretrained weights: bge-small-zh, minilm, or a Hugging Face directory. Default:"
              + " ${DEFAULT-VALUE}.")
  private String base;

  @Option(
      names = "--train",
      required = true,
      paramLabel = "FILE",
      description = "Labelled examples.")
  private Path trainFile;

  @Option(
      names = "--eval",
      paramLabel = "FILE",
      description = "Labelled examples that judge the trials. Default: a part of --train.")
  private Path evalFile;

  @Option(
      names = "--held-out",
      paramLabel = "SHARE",
      description =
          "Share of --train to judge by when there is no --eval. Default: " + HELD_OUT + ".")
  private Double heldOut;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description =
          "Folder of the best model, with search.txt, trials.csv and trials.json beside it.")
  private Path out;

  @Option(
      names = "--method",
      defaultValue = "halving",
      paramLabel = "random|halving",
      description =
          "random trains every trial to its end; halving lets the best third go on at each rung."
              + " Default: ${DEFAULT-VALUE}.")
  private String method;

  @Option(
      names = "--trials",
      defaultValue = "9",
      paramLabel = "NUMBER",
      description = "How many sets of values are tried. Default: ${DEFAULT-VALUE}.")
  private int trials;

  @Option(
      names = "--budget",
      defaultValue = "1h",
      paramLabel = "TIME",
      description =
          "Time of all trainings together, such as 20m, 1h30m or PT20M; a resumed search counts"
              + " what it used before. Default: ${DEFAULT-VALUE}.")
  private String budget;

  @Option(
      names = "--range",
      paramLabel = "NAME=RANGE",
      description =
          "Values to try, such as learning-rate=1e-5..3e-4 or batch-size=8,16; may be given several"
              + " times. What is given as for train, such as --dropout 0.1, is not searched.")
  private List<String> ranges = new ArrayList<>();

  @Option(
      names = "--metric",
      paramLabel = "accuracy|micro-f1|macro-f1",
      description =
          "What the trials are judged by. Default: macro-f1; of multi-label and of tokens micro-f1,"
              + " of tokens that of entities.")
  private String metric;

  @Mixin private DataOptions dataOptions = new DataOptions();

  @Mixin private TrainingOptions training = new TrainingOptions();

  @Mixin private WorkOptions work = new WorkOptions();

  @Override
  void run() {
    SearchSettings settings = settings();
    TrainCommand.requireOneJudge(evalFile, heldOut);
    Path workDir = work.folder(out);
    work.requireResumeToBeMeant(HyperparameterSearch.hasState(workDir), workDir, "a search");
    Task kind = settings.fixed().task();
    List<Example> train = dataOptions.read("training", trainFile, kind, err());
    List<Example> eval;
    List<String> more = new ArrayList<>();
    if (evalFile != null) {
      eval = dataOptions.read("evaluation", evalFile, kind, err());
    } else {
      double share = heldOut == null ? HELD_OUT : heldOut;
      HeldOut parts = HeldOut.split(train, share, settings.fixed().seed());
      train = parts.train();
      eval = parts.eval();
      err()
          .printf(
              Locale.ROOT,
              "no --eval: %d of the examples are held out to judge the trials%n",
              eval.size());
      if (heldOut == null) {
        more.add("--held-out " + share);
      }
    }
    err().flush();
    Set<String> searched =
        settings.ranges().stream().map(SearchRange::name).collect(Collectors.toSet());
    String command = TrainCall.of(spec(), more, searched);
    try (SearchProgress progress = new SearchProgress(err(), trials)) {
      SearchResult result =
          HyperparameterSearch.run(
              settings, train, eval, workDir, out, baseModels(), command, progress);
      progress.close();
      out().print(result.report());
      out().printf("%nmodel written to %s%n", result.model());
    }
  }

  private SearchSettings settings() {
    TrainingSettings fixed = training.settings().task(Task.of(task)).base(base).build();
    List<SearchRange> given = new ArrayList<>();
    ranges.forEach(range -> given.add(SearchRange.parse(range)));
    for (String name : SearchRange.names()) {
      // A setting that was given as for train is not searched.
      OptionSpec option = spec().commandLine().getParseResult().matchedOption("--" + name);
      if (option != null) {
        given.add(SearchRange.parse(name + "=" + option.originalStringValues().get(0)));
      }
    }
    SearchSettings settings =
        SearchSettings.of(
            fixed, SearchMethod.of(method), trials, TimeOption.parse("--budget", budget), given);
    return metric == null ? settings : settings.by(metric());
  }

  private Metric metric() {
    for (Metric known : Metric.values()) {
      if (known.key().equals(metric)) {
        return known;
      }
    }
    throw new BertException(
        "Option --metric is " + metric + "; expected accuracy, micro-f1 or macro-f1.");
  }
}
