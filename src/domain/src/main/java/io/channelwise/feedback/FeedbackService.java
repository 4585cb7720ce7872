package io.channelwise.feedback;

import io.channelwise.campaign.BriefingService;
import io.channelwise.campaign.CampaignService;
import io.channelwise.domain.DomainConfiguration;
import io.channelwise.support.SupportService;
import io.channelwise.support.Ticket;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Gathers what customers said and keeps what shall be made better. Thread-safe. */
@Service
public class FeedbackService {
  private static final int DESCRIPTION_MAX = 1000;
  private static final int CHUNK = 500;

  private final FeedbackRepository feedback;
  private final SupportService support;
  private final CampaignService campaigns;
  private final IterationReport report;
  private final BriefingService briefings;
  private final Clock clock;

  FeedbackService(
      FeedbackRepository feedback,
      SupportService support,
      CampaignService campaigns,
      IterationReport report,
      BriefingService briefings,
      Clock clock) {
    this.feedback = feedback;
    this.support = support;
    this.campaigns = campaigns;
    this.report = report;
    this.briefings = briefings;
    this.clock = clock;
  }

  /**
   * What a cycle gathered.
   *
   * @param briefingId feedback by intent, and improvements ranked by value for effort
   */
  public record Collected(int feedback, String briefingId) {}

  /**
   * Gathers the feedback that no cycle has gathered yet, imported rows and closed tickets, and
   * briefs the people who decide on improvements. A repetition adds only what came in since.
   */
  @Transactional(DomainConfiguration.DOMAIN_TRANSACTIONS)
  public Collected collect(String campaignKey, int cycle) {
    campaigns.require(campaignKey);
    List<Feedback> tickets =
        support.closed(campaignKey).stream().map(FeedbackService::feedback).toList();
    for (int from = 0; from < tickets.size(); from += CHUNK) {
      feedback.save(campaignKey, tickets.subList(from, Math.min(from + CHUNK, tickets.size())));
    }
    feedback.collect(campaignKey, cycle);
    String briefingId =
        briefings.save(
            "%s/%d/improvements".formatted(campaignKey, cycle),
            report.improvements(campaignKey, cycle));
    return new Collected(feedback.totals(campaignKey, cycle).feedback(), briefingId);
  }

  /**
   * Stores the improvements chosen, in the order chosen, in place of an earlier choice of the
   * cycle.
   *
   * @param chosen descriptions, or places in the briefing's ranking (1 the first); another text is
   *     an improvement that nobody had thought of, and kept as such; null for none
   * @return improvements stored
   */
  @Transactional(DomainConfiguration.DOMAIN_TRANSACTIONS)
  public int plan(String campaignKey, int cycle, List<String> chosen, String comment) {
    campaigns.require(campaignKey);
    List<Improvement> ranked = feedback.rankedImprovements(campaignKey);
    Map<String, Improvement> items = new LinkedHashMap<>();
    for (String choice : chosen == null ? List.<String>of() : chosen) {
      if (choice != null && !choice.isBlank()) {
        Improvement item = find(ranked, choice.strip());
        items.putIfAbsent(item.description(), item);
      }
    }
    feedback.deleteBacklog(campaignKey, cycle);
    int position = 0;
    for (Improvement item : items.values()) {
      feedback.insertBacklog(campaignKey, cycle, ++position, item, comment, clock.instant());
    }
    return position;
  }

  private static Improvement find(List<Improvement> ranked, String choice) {
    if (choice.matches("\\d{1,6}")) {
      int place = Integer.parseInt(choice);
      if (place >= 1 && place <= ranked.size()) {
        return ranked.get(place - 1);
      }
    }
    String wanted = choice.toLowerCase(Locale.ROOT);
    return ranked.stream()
        .filter(item -> item.description().toLowerCase(Locale.ROOT).equals(wanted))
        .findFirst()
        .orElseGet(() -> new Improvement("new", cut(choice), null, null));
  }

  private static String cut(String text) {
    return text.length() <= DESCRIPTION_MAX ? text : text.substring(0, DESCRIPTION_MAX);
  }

  /**
   * A closed ticket as feedback. Only a person's word is a label: a correction, or the model's
   * label that an agent saw and left. The model never learns from its own unseen guesses.
   */
  static Feedback feedback(Ticket ticket) {
    boolean confirmed =
        "agent".equals(ticket.answeredBy())
            && ticket.modelVersion() != null
            && !ticket.modelVersion().equals("none");
    String label = ticket.correctedIntent();
    if (label == null && confirmed) {
      label = ticket.intent();
    }
    String sentiment = ticket.correctedSentiment();
    if (sentiment == null && confirmed && ticket.rating() == null) {
      sentiment = "unknown".equals(ticket.sentiment()) ? null : ticket.sentiment();
    }
    return new Feedback(
        "ticket",
        ticket.id(),
        "ticket",
        ticket.text(),
        label,
        sentiment,
        ticket.rating() == null ? null : ticket.rating().doubleValue(),
        ticket.closedAt());
  }
}
