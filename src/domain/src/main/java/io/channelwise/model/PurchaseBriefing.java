package io.channelwise.model;

import io.channelwise.campaign.Briefing;
import io.channelwise.campaign.Briefing.Chart;
import io.channelwise.campaign.Briefing.Figure;
import io.channelwise.campaign.Briefing.Series;
import io.channelwise.campaign.Briefing.Table;
import io.channelwise.campaign.Text;
import io.channelwise.probability.Evaluation;
import io.channelwise.probability.Evaluation.Measure;
import io.channelwise.probability.PurchaseModel.Candidate;
import io.channelwise.probability.PurchaseStudy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** What a person sees before deciding on the release of a model of purchases. */
final class PurchaseBriefing {
  private PurchaseBriefing() {}

  static Briefing of(TrainingRun run, ModelVersion version, PurchaseJudgement judgement) {
    return new Briefing(
        new Text(
            "Model %s, version %d".formatted(version.modelName(), version.version()),
            "模型 %s，版本 %d".formatted(version.modelName(), version.version())),
        summary(judgement),
        figures(run, judgement),
        List.of(
            comparison(judgement),
            segments(judgement.study()),
            kinds(judgement.study()),
            columns(judgement.study()),
            TrainingBriefing.settings(run)),
        judgement.study().segments().isEmpty() ? List.of() : List.of(chart(judgement.study())),
        TrainingBriefing.judged(run, version, judgement));
  }

  private static Text summary(PurchaseJudgement judgement) {
    Evaluation judged = judgement.judged();
    String en =
        format(
            "Of two users it never saw, one who bought and one who did not, the model ranks the buyer higher in %.1f %% of cases (AUC %.3f; 50 %% is guessing); its probabilities are off by %.1f points on average. Judged on %d users, %d of them with a purchase. ",
            100 * judged.auc().value(),
            judged.auc().value(),
            100 * judged.calibrationError().value(),
            judged.rows(),
            judged.purchases());
    String zh =
        format(
            "任取未见过的一名购买者和一名未购买者，模型在 %.1f%% 的情况下把购买者排在前面（AUC %.3f；50%% 为随机猜测）；概率平均偏差 %.1f 个百分点。评估用户 %d 名，其中 %d 名有购买。",
            100 * judged.auc().value(),
            judged.auc().value(),
            100 * judged.calibrationError().value(),
            judged.rows(),
            judged.purchases());
    Text against = against(judgement);
    Text effect =
        new Text(
            " Once released, its segment means weigh the segments, P(U), in the campaign's next analyses.",
            "发布后，其各用户群均值将作为本活动后续分析的用户群权重 P(U)。");
    return new Text(en + against.en() + effect.en(), zh + against.zh() + effect.zh());
  }

  private static Text against(PurchaseJudgement judgement) {
    if (judgement.live() == null) {
      return new Text("No version is live yet.", "目前没有已上线版本。");
    }
    double live = judgement.live().auc().value();
    boolean better = judgement.score() > live;
    return new Text(
        format(
            "Live version %d reaches an AUC of %.3f on the same users; the new one is %s.",
            judgement.liveVersion(), live, better ? "better" : "not better"),
        format(
            "已上线的版本 %d 在相同用户上的 AUC 为 %.3f；新版本%s。",
            judgement.liveVersion(), live, better ? "更好" : "没有更好"));
  }

  private static List<Figure> figures(TrainingRun run, PurchaseJudgement judgement) {
    Evaluation judged = judgement.judged();
    List<Figure> figures = new ArrayList<>();
    figures.add(new Figure("auc", new Text("AUC", "AUC"), judged.auc().value(), ""));
    if (judgement.live() != null) {
      figures.add(
          new Figure(
              "live-auc",
              new Text("AUC of the live version", "已上线版本的 AUC"),
              judgement.live().auc().value(),
              ""));
    }
    figures.add(
        new Figure("accuracy", new Text("Accuracy", "准确率"), judged.accuracy().value(), "%"));
    figures.add(
        new Figure(
            "majority",
            new Text("Accuracy of always guessing the more frequent outcome", "总猜多数结果的准确率"),
            judged.majority(),
            "%"));
    figures.add(
        new Figure(
            "calibration-error",
            new Text("Calibration error", "校准误差"),
            judged.calibrationError().value(),
            "%"));
    figures.add(new Figure("examples", new Text("Users judged", "评估用户数"), judged.rows(), ""));
    figures.add(
        new Figure(
            "purchases", new Text("of them with a purchase", "其中有购买"), judged.purchases(), ""));
    figures.add(new Figure("seconds", new Text("Time trained", "训练用时"), run.seconds(), "s"));
    return figures;
  }

  private static Table comparison(PurchaseJudgement judgement) {
    List<List<Object>> rows = new ArrayList<>();
    rows.add(row("AUC", "AUC", judgement, Evaluation::auc));
    rows.add(row("accuracy", "准确率", judgement, Evaluation::accuracy));
    rows.add(row("log loss (nats)", "对数损失（nat）", judgement, Evaluation::logLoss));
    rows.add(row("Brier score", "Brier 分数", judgement, Evaluation::brier));
    rows.add(row("calibration error", "校准误差", judgement, Evaluation::calibrationError));
    return new Table(
        new Text("Candidate, with 95 % intervals, and live version", "候选版本（含 95% 区间）与已上线版本"),
        List.of(
            new Text("Metric", "指标"),
            new Text("Candidate", "候选版本"),
            new Text("Low", "下限"),
            new Text("High", "上限"),
            new Text("Live", "已上线")),
        rows);
  }

  private static List<Object> row(
      String en, String zh, PurchaseJudgement judgement, Function<Evaluation, Measure> measure) {
    Measure candidate = measure.apply(judgement.judged());
    return Arrays.asList(
        new Text(en, zh),
        candidate.value(),
        candidate.low(),
        candidate.high(),
        judgement.live() == null ? null : measure.apply(judgement.live()).value());
  }

  private static Table segments(PurchaseStudy study) {
    return new Table(
        new Text(
            "Purchase probability P(U) by segment, with 95 % intervals", "各用户群购买概率 P(U) 及 95% 区间"),
        List.of(
            new Text("Segment", "用户群"),
            new Text("Users", "用户数"),
            new Text("Probability", "概率"),
            new Text("Low", "下限"),
            new Text("High", "上限"),
            new Text("Share that bought", "实际购买占比")),
        study.segments().stream()
            .map(
                s ->
                    List.<Object>of(
                        s.segment(), s.rows(), s.probability(), s.low(), s.high(), s.observed()))
            .toList());
  }

  private static Table kinds(PurchaseStudy study) {
    return new Table(
        new Text("Kinds compared by cross-validation", "交叉验证比较的模型类型"),
        List.of(
            new Text("Kind", "类型"),
            new Text("Log loss (nats)", "对数损失（nat）"),
            new Text("AUC", "AUC"),
            new Text("Chosen", "选用")),
        study.candidates().stream().map(c -> kind(c, study)).toList());
  }

  private static List<Object> kind(Candidate candidate, PurchaseStudy study) {
    return List.of(
        candidate.kind().label(),
        candidate.judged().logLoss().value(),
        candidate.judged().auc().value(),
        candidate.kind() == study.chosen());
  }

  private static Table columns(PurchaseStudy study) {
    List<List<Object>> rows = new ArrayList<>();
    study.columns().forEach(c -> rows.add(List.of(c, new Text("read", "采用"))));
    study
        .leftOut()
        .forEach(c -> rows.add(List.of(c, new Text("left out: says nothing", "排除：无信息"))));
    return new Table(
        new Text("Columns of behaviour", "行为列"),
        List.of(new Text("Column", "列"), new Text("Use", "用途")),
        rows);
  }

  private static Chart chart(PurchaseStudy study) {
    return new Chart(
        new Text("Purchase probability by segment", "各用户群购买概率"),
        "bar",
        study.segments().stream().map(s -> new Text(s.segment(), s.segment())).toList(),
        List.of(
            new Series(
                new Text("Probability", "概率"),
                study.segments().stream().map(PurchaseStudy.Segment::probability).toList()),
            new Series(
                new Text("Share that bought", "实际购买占比"),
                study.segments().stream().map(PurchaseStudy.Segment::observed).toList())));
  }

  private static String format(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
