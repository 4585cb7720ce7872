package io.channelwise.support;

import io.channelwise.campaign.Briefing;
import io.channelwise.campaign.Briefing.Chart;
import io.channelwise.campaign.Briefing.Figure;
import io.channelwise.campaign.Briefing.Series;
import io.channelwise.campaign.Briefing.Source;
import io.channelwise.campaign.Briefing.Table;
import io.channelwise.campaign.ImportService;
import io.channelwise.campaign.ReportContributor;
import io.channelwise.campaign.Sources;
import io.channelwise.campaign.Text;
import io.channelwise.support.SupportRepository.IntentCount;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** The report's section on customer service. */
@Component
class ServiceReport implements ReportContributor {
  private final SupportRepository support;
  private final ImportService imports;

  ServiceReport(SupportRepository support, ImportService imports) {
    this.support = support;
    this.imports = imports;
  }

  @Override
  public int order() {
    return 60;
  }

  @Override
  public Optional<Briefing> section(String campaignKey, int cycle) {
    return support.window(campaignKey, cycle).map(window -> section(campaignKey, cycle, window));
  }

  private Briefing section(String campaignKey, int cycle, SupportRepository.Window window) {
    ServiceSummary summary = support.summary(campaignKey, cycle);
    List<IntentCount> intents = support.intents(campaignKey, cycle);
    return new Briefing(
        new Text("Customer service", "客户服务"),
        summary(summary),
        figures(window, summary),
        List.of(
            channels(campaignKey).from(imports.sources(campaignKey, "support")), intents(intents)),
        intents.isEmpty() ? List.of() : List.of(chart(intents)),
        sources(campaignKey, window));
  }

  private List<Source> sources(String campaignKey, SupportRepository.Window window) {
    String until = window.summarisedAt() == null ? "" : " – " + window.summarisedAt();
    List<Source> sources = new ArrayList<>();
    sources.add(
        new Source(
            "tickets/%s/%s%s".formatted(campaignKey, window.openedAt(), until.replace(" ", "")),
            new Text(
                "Tickets of the service window " + window.openedAt() + until,
                "服务期内的工单：" + window.openedAt() + until),
            Sources.path("api", "campaigns", campaignKey, "tickets") + "?limit=500"));
    sources.addAll(imports.sources(campaignKey, "support", "training-material"));
    return sources;
  }

  private static Text summary(ServiceSummary s) {
    return new Text(
        "%d tickets came in: %d answered from training material, %d by agents, %d closed, %d surges of negative sentiment."
            .formatted(s.tickets(), s.automatic(), s.byAgent(), s.closed(), s.surges()),
        "共收到 %d 个工单：%d 个由培训资料自动回答，%d 个由客服回答，%d 个已关闭，出现 %d 次负面情绪激增。"
            .formatted(s.tickets(), s.automatic(), s.byAgent(), s.closed(), s.surges()));
  }

  private static List<Figure> figures(SupportRepository.Window window, ServiceSummary s) {
    List<Figure> figures =
        new ArrayList<>(
            List.of(
                new Figure("tickets", new Text("Tickets", "工单"), s.tickets(), ""),
                new Figure(
                    "answered-automatically",
                    new Text("Answered automatically", "自动回答"),
                    s.automatic(),
                    ""),
                new Figure("escalated", new Text("Escalated", "升级"), s.escalated(), ""),
                new Figure(
                    "mean-time", new Text("Mean time to close", "平均处理时间"), s.meanMinutes(), "min"),
                new Figure("satisfaction", new Text("Satisfaction", "满意度"), s.satisfaction(), "%"),
                new Figure(
                    "negative-share", new Text("Negative tickets", "负面工单"), s.negativeShare(), "%"),
                new Figure(
                    "handed-out",
                    new Text("Training material handed out", "已下发培训资料"),
                    window.handedOut(),
                    "")));
    if (s.withinSla() != null) {
      figures.add(
          new Figure(
              "within-sla", new Text("Answered in the promised time", "按时答复"), s.withinSla(), "%"));
    }
    return figures;
  }

  private Table channels(String campaignKey) {
    return new Table(
        new Text("Support channels", "支持渠道"),
        List.of(
            new Text("Channel", "渠道"),
            new Text("Hours", "服务时间"),
            new Text("Promised minutes", "响应时限（分钟）")),
        support.channels(campaignKey).stream()
            .map(c -> Arrays.<Object>asList(c.supportChannel(), c.hours(), c.slaMinutes()))
            .toList());
  }

  private static Table intents(List<IntentCount> intents) {
    return new Table(
        new Text("Tickets by intent", "各意图的工单"),
        List.of(new Text("Intent", "意图"), new Text("Tickets", "工单"), new Text("Negative", "负面")),
        intents.stream().map(i -> List.<Object>of(i.intent(), i.tickets(), i.negative())).toList());
  }

  private static Chart chart(List<IntentCount> intents) {
    return new Chart(
        new Text("Tickets by intent", "各意图的工单"),
        "bar",
        intents.stream().map(i -> new Text(i.intent(), i.intent())).toList(),
        List.of(
            new Series(
                new Text("Tickets", "工单"),
                intents.stream().map(i -> (double) i.tickets()).toList()),
            new Series(
                new Text("Negative", "负面"),
                intents.stream().map(i -> (double) i.negative()).toList())));
  }
}
