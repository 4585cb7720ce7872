package io.channelwise.model;

import io.channelwise.campaign.Briefing;
import io.channelwise.campaign.Briefing.Figure;
import io.channelwise.campaign.Briefing.Table;
import io.channelwise.campaign.ReportContributor;
import io.channelwise.campaign.Text;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** The report's section on training and release. */
@Component
class TrainingReport implements ReportContributor {
  private static final Text MACRO_F1 = new Text("macro F1", "宏平均 F1");

  private final TrainingRunRepository runs;
  private final ModelRepository models;

  TrainingReport(TrainingRunRepository runs, ModelRepository models) {
    this.runs = runs;
    this.models = models;
  }

  @Override
  public int order() {
    return 70;
  }

  @Override
  public Optional<Briefing> section(String campaignKey, int cycle) {
    List<TrainingRun> trained = runs.ofCycle(campaignKey, cycle);
    if (trained.isEmpty()) {
      return Optional.empty();
    }
    long released = trained.stream().filter(run -> run.state().equals("released")).count();
    return Optional.of(
        new Briefing(
            new Text("Model training and release", "模型训练与发布"),
            new Text(
                "%d round(s) of training ended with %d release(s)."
                    .formatted(trained.size(), released),
                "共训练 %d 轮，发布 %d 个版本。".formatted(trained.size(), released)),
            liveFigures(trained),
            List.of(table(trained)),
            List.of(),
            trained.stream()
                .flatMap(
                    run ->
                        Stream.of(
                            ModelSources.run(run.runId()),
                            ModelSources.dataset(run),
                            ModelSources.version(run.modelName(), null)))
                .distinct()
                .toList()));
  }

  private List<Figure> liveFigures(List<TrainingRun> trained) {
    List<Figure> figures = new ArrayList<>();
    trained.stream()
        .map(TrainingRun::modelName)
        .distinct()
        .sorted()
        .flatMap(name -> models.live(name).stream())
        .forEach(
            live ->
                figures.add(
                    new Figure(
                        "live-" + live.modelName(),
                        new Text(
                            "Live version of " + live.modelName(), live.modelName() + " 的已上线版本"),
                        live.version(),
                        "",
                        List.of(ModelSources.version(live.modelName(), live.version())))));
    return figures;
  }

  private Table table(List<TrainingRun> trained) {
    List<List<Object>> rows = new ArrayList<>();
    for (TrainingRun run : trained) {
      Optional<ModelVersion> version = models.ofRun(run.runId(), run.round());
      Map<String, Double> metrics = version.map(ModelVersion::metrics).orElse(Map.of());
      rows.add(
          Arrays.asList(
              run.modelName(),
              run.round(),
              run.settings().get("base"),
              run.state(),
              version.map(ModelVersion::version).orElse(null),
              metrics.get("accuracy"),
              metrics.containsKey("auc") ? "AUC" : MACRO_F1,
              metrics.containsKey("auc") ? metrics.get("auc") : metrics.get("macroF1"),
              metrics.containsKey("auc") ? metrics.get("liveAuc") : metrics.get("liveMacroF1"),
              version.map(ModelVersion::approver).orElse(null)));
    }
    return new Table(
        new Text("Training runs", "训练记录"),
        List.of(
            new Text("Model", "模型"),
            new Text("Round", "轮次"),
            new Text("Base", "基座"),
            new Text("State", "状态"),
            new Text("Version", "版本"),
            new Text("Accuracy", "准确率"),
            new Text("Judged by", "评判指标"),
            new Text("Score (0–1)", "得分（0–1）"),
            new Text("Score of the live one before", "此前已上线版本的得分"),
            new Text("Approved by", "审批人")),
        rows);
  }
}
