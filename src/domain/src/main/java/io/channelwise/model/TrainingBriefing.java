package io.channelwise.model;

import io.channelwise.campaign.Briefing;
import io.channelwise.campaign.Briefing.Chart;
import io.channelwise.campaign.Briefing.Figure;
import io.channelwise.campaign.Briefing.Series;
import io.channelwise.campaign.Briefing.Source;
import io.channelwise.campaign.Briefing.Table;
import io.channelwise.campaign.Text;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** What a person sees before deciding on the release of a model. */
final class TrainingBriefing {
  /** More points make the curve no clearer; neighbours are averaged down to this many. */
  private static final int CURVE_POINTS_MAX = 50;

  private TrainingBriefing() {}

  static Briefing of(
      TrainingRun run,
      ModelVersion version,
      TextJudgement judgement,
      List<ProgressRow> progress,
      List<EpochRow> epochs) {
    return new Briefing(
        new Text(
            "Model %s, version %d".formatted(version.modelName(), version.version()),
            "模型 %s，版本 %d".formatted(version.modelName(), version.version())),
        summary(judgement),
        figures(run, judgement),
        List.of(
            comparison(judgement),
            classes(judgement),
            settings(run).from(List.of(ModelSources.run(run.runId())))),
        charts(progress, epochs).stream()
            .map(chart -> chart.from(List.of(ModelSources.metrics(run))))
            .toList(),
        judged(run, version, judgement));
  }

  /** The candidate, the texts it was judged by, and what it was compared with. */
  static List<Source> judged(TrainingRun run, ModelVersion version, Judgement judgement) {
    List<Source> sources = new ArrayList<>();
    sources.add(ModelSources.version(version.modelName(), version.version()));
    if (judgement.liveVersion() != null) {
      sources.add(ModelSources.version(version.modelName(), judgement.liveVersion()));
    }
    sources.add(ModelSources.dataset(run));
    sources.add(ModelSources.run(run.runId()));
    return sources;
  }

  private static Text summary(TextJudgement judgement) {
    if (judgement.liveVersion() == null) {
      return new Text(
          "On %d texts it never saw, the model reached a macro F1 of %.3f. No version is live yet."
              .formatted(judgement.examples(), judgement.macroF1()),
          "在未见过的 %d 条文本上，模型的宏平均 F1 为 %.3f。目前没有已上线版本。"
              .formatted(judgement.examples(), judgement.macroF1()));
    }
    boolean better = judgement.macroF1() > judgement.liveMacroF1();
    return new Text(
        "On %d texts it never saw, the model reached a macro F1 of %.3f; live version %d reaches %.3f on the same texts. The new one is %s."
            .formatted(
                judgement.examples(),
                judgement.macroF1(),
                judgement.liveVersion(),
                judgement.liveMacroF1(),
                better ? "better" : "not better"),
        "在未见过的 %d 条文本上，模型的宏平均 F1 为 %.3f；已上线的版本 %d 在相同文本上为 %.3f。新版本%s。"
            .formatted(
                judgement.examples(),
                judgement.macroF1(),
                judgement.liveVersion(),
                judgement.liveMacroF1(),
                better ? "更好" : "没有更好"));
  }

  private static List<Figure> figures(TrainingRun run, TextJudgement judgement) {
    List<Figure> figures = new ArrayList<>();
    figures.add(new Figure("accuracy", new Text("Accuracy", "准确率"), judgement.accuracy(), "%"));
    figures.add(new Figure("macro-f1", new Text("Macro F1", "宏平均 F1"), judgement.macroF1(), ""));
    if (judgement.liveMacroF1() != null) {
      figures.add(
          new Figure(
              "live-macro-f1",
              new Text("Macro F1 of the live version", "已上线版本的宏平均 F1"),
              judgement.liveMacroF1(),
              ""));
    }
    figures.add(
        new Figure("examples", new Text("Texts judged", "评估文本数"), judgement.examples(), ""));
    figures.add(new Figure("steps", new Text("Steps trained", "训练步数"), run.steps(), ""));
    figures.add(new Figure("seconds", new Text("Time trained", "训练用时"), run.seconds(), "s"));
    return figures;
  }

  private static Table comparison(TextJudgement judgement) {
    return new Table(
        new Text("Candidate and live version", "候选版本与已上线版本"),
        List.of(
            new Text("Metric (0–1)", "指标（0–1）"),
            new Text("Candidate", "候选版本"),
            new Text("Live", "已上线")),
        List.of(
            Arrays.asList("accuracy", judgement.accuracy(), judgement.liveAccuracy()),
            Arrays.asList("macro F1", judgement.macroF1(), judgement.liveMacroF1()),
            Arrays.asList("weighted F1", judgement.weightedF1(), null)));
  }

  private static Table classes(TextJudgement judgement) {
    return new Table(
        new Text("Each class", "各类别"),
        List.of(
            new Text("Class", "类别"),
            new Text("Precision", "精确率"),
            new Text("Recall", "召回率"),
            new Text("F1", "F1"),
            new Text("Texts", "文本数")),
        judgement.classes().stream()
            .map(c -> List.<Object>of(c.label(), c.precision(), c.recall(), c.f1(), c.support()))
            .toList());
  }

  static Table settings(TrainingRun run) {
    List<List<Object>> rows = new ArrayList<>();
    run.settings().entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(entry -> rows.add(Arrays.asList(entry.getKey(), entry.getValue())));
    rows.add(List.of("dataset", run.datasetId()));
    rows.add(List.of("round", run.round()));
    return new Table(
        new Text("Settings", "训练设置"),
        List.of(new Text("Setting", "设置"), new Text("Value", "值")),
        rows);
  }

  private static List<Chart> charts(List<ProgressRow> progress, List<EpochRow> epochs) {
    List<Chart> charts = new ArrayList<>();
    if (!progress.isEmpty()) {
      charts.add(curve(progress));
    }
    List<EpochRow> judged = epochs.stream().filter(epoch -> epoch.macroF1() != null).toList();
    if (!judged.isEmpty()) {
      charts.add(
          new Chart(
              new Text("Macro F1 after each epoch", "每轮后的宏平均 F1"),
              "line",
              judged.stream().map(epoch -> same(Integer.toString(epoch.epoch()))).toList(),
              List.of(
                  new Series(
                      new Text("Macro F1", "宏平均 F1"),
                      judged.stream().map(EpochRow::macroF1).toList()))));
    }
    return charts;
  }

  private static Chart curve(List<ProgressRow> progress) {
    int width = Math.max(1, (progress.size() + CURVE_POINTS_MAX - 1) / CURVE_POINTS_MAX);
    List<Text> labels = new ArrayList<>();
    List<Double> losses = new ArrayList<>();
    for (int from = 0; from < progress.size(); from += width) {
      List<ProgressRow> part = progress.subList(from, Math.min(progress.size(), from + width));
      labels.add(same(Long.toString(part.get(part.size() - 1).step())));
      losses.add(part.stream().mapToDouble(ProgressRow::loss).average().orElseThrow());
    }
    return new Chart(
        new Text("Learning curve: loss by step", "学习曲线：每步损失"),
        "line",
        labels,
        List.of(new Series(new Text("Training loss", "训练损失"), losses)));
  }

  private static Text same(String text) {
    return new Text(text, text);
  }
}
