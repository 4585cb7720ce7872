package io.channelwise.support;

import io.channelwise.campaign.Briefing;
import io.channelwise.campaign.Briefing.Figure;
import io.channelwise.campaign.Briefing.Source;
import io.channelwise.campaign.Briefing.Table;
import io.channelwise.campaign.BriefingService;
import io.channelwise.campaign.ImportService;
import io.channelwise.campaign.Sources;
import io.channelwise.campaign.Text;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** The briefing an agent answers a ticket with. */
@Component
class TicketBriefings {
  private final BriefingService briefings;
  private final ImportService imports;

  TicketBriefings(BriefingService briefings, ImportService imports) {
    this.briefings = briefings;
    this.imports = imports;
  }

  /** The nearest material for the ticket's text and, when a model named it, its intent. */
  static Optional<MaterialSearch.Hit> nearest(Ticket ticket, List<TrainingMaterial> materials) {
    boolean named = ticket.intent() != null && !"none".equals(ticket.modelVersion());
    return new MaterialSearch(materials)
        .best(ticket.text(), named ? ticket.intent().replaceAll("[_-]+", " ") : "");
  }

  /**
   * @param intents labels known to the campaign, which the form offers for a correction
   */
  String save(Ticket ticket, List<TrainingMaterial> materials, List<String> intents) {
    Optional<MaterialSearch.Hit> hit = nearest(ticket, materials);
    return briefings.save(
        "ticket/" + ticket.id(), briefing(ticket, hit, intents).from(List.of(source(ticket))));
  }

  private static Source source(Ticket ticket) {
    return new Source(
        "ticket/" + ticket.id(),
        new Text("Ticket " + ticket.id(), "工单 " + ticket.id()),
        Sources.path("api", "tickets", ticket.id()));
  }

  /** The model's versions, which the ticket was classified by; none for a guess by rules. */
  private static List<Source> classified(Ticket ticket) {
    if ("none".equals(ticket.modelVersion())) {
      return List.of(source(ticket));
    }
    return List.of(
        source(ticket),
        new Source(
            "model/" + ticket.modelVersion(),
            new Text("Model version " + ticket.modelVersion(), "模型版本 " + ticket.modelVersion()),
            Sources.path("api", "models")));
  }

  private List<Source> material(Ticket ticket, TrainingMaterial material) {
    return List.of(
        source(ticket),
        imports.source(
            ticket.campaignKey(), "training-material", Map.of("material", material.material())));
  }

  private List<Source> labels(Ticket ticket) {
    return List.of(
        imports.sources(ticket.campaignKey(), "feedback").get(0),
        new Source(
            "tickets/" + ticket.campaignKey(),
            new Text("Tickets of the campaign", "本活动的工单"),
            Sources.path("api", "campaigns", ticket.campaignKey(), "tickets")));
  }

  private Briefing briefing(Ticket ticket, Optional<MaterialSearch.Hit> hit, List<String> intents) {
    List<Figure> figures = new ArrayList<>();
    figures.add(new Figure("priority", new Text("Priority", "优先级"), ticket.priority(), ""));
    if (ticket.intent() != null) {
      figures.add(
          new Figure("intent", new Text("Intent", "意图"), ticket.intent(), "")
              .from(classified(ticket)));
      figures.add(
          new Figure("sentiment", new Text("Sentiment", "情感"), ticket.sentiment(), "")
              .from(classified(ticket)));
      figures.add(
          new Figure("confidence", new Text("Confidence", "置信度"), ticket.confidence(), "%")
              .from(classified(ticket)));
      figures.add(
          new Figure("model-version", new Text("Model version", "模型版本"), ticket.modelVersion(), "")
              .from(classified(ticket)));
    }
    if (ticket.rating() != null) {
      figures.add(new Figure("rating", new Text("Rating (1–5)", "评分（1–5）"), ticket.rating(), ""));
    }
    List<Table> tables = new ArrayList<>();
    tables.add(ticketTable(ticket));
    hit.ifPresent(
        found -> tables.add(materialTable(ticket, found).from(material(ticket, found.material()))));
    if (!intents.isEmpty()) {
      tables.add(intentTable(intents).from(labels(ticket)));
    }
    return new Briefing(
        new Text("Customer ticket", "客服工单"),
        hit.filter(MaterialSearch.Hit::fits).isPresent()
            ? new Text(
                "A customer wrote. The training material below fits; quote or correct it.",
                "客户来信。下方培训资料较为匹配，可引用或修改。")
            : new Text(
                "A customer wrote, and no training material fits well: the answer is yours.",
                "客户来信，暂无合适的培训资料，请人工回答。"),
        figures,
        tables,
        List.of());
  }

  private static Table ticketTable(Ticket ticket) {
    return new Table(
        new Text("The ticket", "工单内容"),
        List.of(new Text("Text", "内容"), new Text("Channel", "渠道"), new Text("Customer", "客户")),
        List.of(Arrays.asList((Object) ticket.text(), ticket.channel(), ticket.customer())));
  }

  /** answer-ticket.html finds the table by its English title. */
  private static Table intentTable(List<String> intents) {
    return new Table(
        new Text("Intents in use", "已用意图标签"),
        List.of(new Text("Intent", "意图")),
        intents.stream().map(intent -> List.<Object>of(intent)).toList());
  }

  private static Table materialTable(Ticket ticket, MaterialSearch.Hit hit) {
    TrainingMaterial material = hit.material();
    return new Table(
        new Text("Best fitting training material", "最匹配的培训资料"),
        List.of(
            new Text("Title", "标题"), new Text("Passage", "段落"), new Text("Fit (0–1)", "匹配度（0–1）")),
        List.of(
            List.of(
                material.title(),
                AnswerText.quote(ticket.text(), material.body()),
                Math.round(hit.score() * 1000) / 1000.0)));
  }
}
