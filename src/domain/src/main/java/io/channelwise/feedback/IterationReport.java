package io.channelwise.feedback;

import io.channelwise.campaign.Briefing;
import io.channelwise.campaign.Briefing.Chart;
import io.channelwise.campaign.Briefing.Figure;
import io.channelwise.campaign.Briefing.Series;
import io.channelwise.campaign.Briefing.Table;
import io.channelwise.campaign.ImportService;
import io.channelwise.campaign.ReportContributor;
import io.channelwise.campaign.Text;
import io.channelwise.feedback.FeedbackRepository.IntentTotals;
import io.channelwise.feedback.FeedbackRepository.Totals;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** The report's section on the next product, and the briefing its decision is taken with. */
@Component
class IterationReport implements ReportContributor {
  private final FeedbackRepository feedback;
  private final DatasetRepository datasets;
  private final ImportService imports;

  IterationReport(FeedbackRepository feedback, DatasetRepository datasets, ImportService imports) {
    this.feedback = feedback;
    this.datasets = datasets;
    this.imports = imports;
  }

  @Override
  public int order() {
    return 80;
  }

  @Override
  public Optional<Briefing> section(String campaignKey, int cycle) {
    Totals totals = feedback.totals(campaignKey, cycle);
    List<Improvement> backlog = feedback.backlog(campaignKey, cycle);
    List<Dataset> built = datasets.ofCycle(campaignKey, cycle);
    if (totals.feedback() == 0 && backlog.isEmpty() && built.isEmpty()) {
      return Optional.empty();
    }
    List<IntentTotals> intents = feedback.byIntent(campaignKey, cycle);
    List<Table> tables = new ArrayList<>();
    tables.add(
        improvementTable(new Text("Backlog of the next release", "下一版本待办"), backlog)
            .from(imports.sources(campaignKey, "improvements")));
    built.forEach(dataset -> tables.add(datasetTable(dataset)));
    tables.add(intentTable(intents));
    return Optional.of(
        new Briefing(
            new Text("Product iteration", "产品迭代"),
            new Text(
                "%d pieces of feedback were gathered and %d improvements planned."
                    .formatted(totals.feedback(), backlog.size()),
                "共收集 %d 条反馈，规划 %d 项改进。".formatted(totals.feedback(), backlog.size())),
            figures(totals),
            tables,
            charts(intents),
            List.of(FeedbackTrace.feedbackSource(campaignKey, cycle))));
  }

  /** What the decision on improvements is taken with. */
  Briefing improvements(String campaignKey, int cycle) {
    Totals totals = feedback.totals(campaignKey, cycle);
    List<IntentTotals> intents = feedback.byIntent(campaignKey, cycle);
    List<Improvement> ranked = feedback.rankedImprovements(campaignKey);
    return new Briefing(
        new Text("Improvements", "产品改进"),
        new Text(
            "%d pieces of feedback came in. The improvements are ranked by value for effort; choose by rank or description, or add your own."
                .formatted(totals.feedback()),
            "共收到 %d 条反馈。改进项按“价值/工作量”排序；可按序号或描述选择，也可自行补充。".formatted(totals.feedback())),
        figures(totals),
        List.of(
            improvementTable(new Text("Improvements by value for effort", "按价值/工作量排序的改进"), ranked)
                .from(imports.sources(campaignKey, "improvements")),
            intentTable(intents)),
        charts(intents),
        List.of(FeedbackTrace.feedbackSource(campaignKey, cycle)));
  }

  private static List<Figure> figures(Totals totals) {
    List<Figure> figures =
        new ArrayList<>(
            List.of(
                new Figure("feedback", new Text("Feedback", "反馈"), totals.feedback(), ""),
                new Figure(
                    "labelled", new Text("Labelled by a person", "人工标注"), totals.labelled(), ""),
                new Figure("tickets", new Text("From tickets", "来自工单"), totals.tickets(), "")));
    if (totals.rating() != null) {
      figures.add(
          new Figure("rating", new Text("Mean rating (1–5)", "平均评分（1–5）"), totals.rating(), ""));
    }
    return figures;
  }

  private static Table improvementTable(Text title, List<Improvement> improvements) {
    List<List<Object>> rows = new ArrayList<>();
    for (Improvement item : improvements) {
      rows.add(
          Arrays.asList(
              rows.size() + 1,
              item.description(),
              item.kind(),
              item.value(),
              item.effort(),
              item.ratio()));
    }
    return new Table(
        title,
        List.of(
            new Text("Rank", "序号"),
            new Text("Improvement", "改进"),
            new Text("Kind", "类型"),
            new Text("Value", "价值"),
            new Text("Effort", "工作量"),
            new Text("Value for effort", "价值/工作量")),
        rows);
  }

  private static Table intentTable(List<IntentTotals> intents) {
    return new Table(
        new Text("Feedback by intent", "各意图的反馈"),
        List.of(
            new Text("Intent", "意图"),
            new Text("Feedback", "反馈"),
            new Text("Negative share (0–1)", "负面占比（0–1）"),
            new Text("Mean rating", "平均评分")),
        intents.stream()
            .map(i -> Arrays.<Object>asList(i.label(), i.feedback(), i.negativeShare(), i.rating()))
            .toList());
  }

  private Table datasetTable(Dataset dataset) {
    return new Table(
        new Text(
            "Dataset %s (%d examples, sha256 %s…)"
                .formatted(
                    dataset.modelName(), dataset.examples(), dataset.sha256().substring(0, 12)),
            "数据集 %s（%d 条，sha256 %s…）"
                .formatted(
                    dataset.modelName(), dataset.examples(), dataset.sha256().substring(0, 12))),
        List.of(
            new Text("Class", "类别"),
            new Text("To learn from", "训练"),
            new Text("To judge by", "评估")),
        datasets.classes(UUID.fromString(dataset.id())).stream()
            .map(c -> List.<Object>of(c.label(), c.train(), c.eval()))
            .toList(),
        List.of(FeedbackTrace.datasetSource(dataset)));
  }

  private static List<Chart> charts(List<IntentTotals> intents) {
    if (intents.isEmpty()) {
      return List.of();
    }
    return List.of(
        new Chart(
            new Text("Feedback by intent", "各意图的反馈"),
            "bar",
            intents.stream().map(i -> new Text(i.label(), i.label())).toList(),
            List.of(
                new Series(
                    new Text("Feedback", "反馈"),
                    intents.stream().map(i -> (double) i.feedback()).toList()))));
  }
}
