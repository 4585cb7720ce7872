package io.channelwise.support;

import io.channelwise.campaign.CampaignService;
import io.channelwise.campaign.UnknownCampaignException;
import io.channelwise.domain.DomainConfiguration;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Tickets from the customer's question to the closed answer. Thread-safe. */
@Service
public class SupportService {
  private final TicketRepository tickets;
  private final SupportRepository support;
  private final CampaignService campaigns;
  private final TicketBriefings briefings;
  private final Clock clock;

  SupportService(
      TicketRepository tickets,
      SupportRepository support,
      CampaignService campaigns,
      TicketBriefings briefings,
      Clock clock) {
    this.tickets = tickets;
    this.support = support;
    this.campaigns = campaigns;
    this.briefings = briefings;
    this.clock = clock;
  }

  /**
   * Stores a customer's question; each call is a new ticket.
   *
   * @throws InvalidTicketException when text, rating or a reference breaks a rule
   * @throws UnknownCampaignException when the campaign does not exist
   */
  @Transactional(DomainConfiguration.DOMAIN_TRANSACTIONS)
  public Ticket open(NewTicket ticket) {
    NewTicket checked = TicketRules.check(ticket);
    UUID id = UUID.randomUUID();
    campaigns.require(checked.campaignKey());
    tickets.insert(id, checked, Language.of(checked.text()), clock.instant());
    return require(id.toString());
  }

  public Optional<Ticket> find(String ticketId) {
    return uuid(ticketId).flatMap(tickets::find);
  }

  /** The ticket; throws {@link UnknownTicketException} when there is none. */
  public Ticket require(String ticketId) {
    return find(ticketId).orElseThrow(() -> new UnknownTicketException(ticketId));
  }

  /** The campaign's newest tickets first. */
  public List<Ticket> latest(String campaignKey, int limit) {
    return tickets.latest(campaignKey, limit);
  }

  /** Every closed ticket of the campaign, in the order of closing. */
  public List<Ticket> closed(String campaignKey) {
    return tickets.closed(campaignKey);
  }

  /**
   * Stores what the model made of a ticket, once, and looks for a surge of negative sentiment
   * ({@code SurgeRule}). A repetition changes nothing and returns what was found the first time.
   *
   * @param sentiment {@code negative}, {@code neutral}, {@code positive} or {@code unknown}
   * @param confidence 0..1
   * @param modelVersion {@code none} before a release
   */
  @Transactional(DomainConfiguration.DOMAIN_TRANSACTIONS)
  public Classification recordClassification(
      String ticketId, String intent, String sentiment, double confidence, String modelVersion) {
    TicketRules.checkClassification(ticketId, intent, sentiment, confidence);
    Ticket found = require(ticketId);
    // The watch first, then the ticket: one order of locks, and one classification at a time.
    TicketRepository.Watch watch = tickets.lockWatch(found.campaignKey());
    Ticket ticket = lock(ticketId);
    if (ticket.classifiedAt() != null) {
      return new Classification(ticket, ticket.surge(), windowShare(ticket.campaignKey(), watch));
    }
    boolean negative = sentiment.equals("negative");
    long number = watch.classified() + 1;
    long windowNegative =
        tickets.negativeSince(ticket.campaignKey(), number - SurgeRule.WINDOW) + (negative ? 1 : 0);
    var counts =
        new SurgeRule.Counts(
            number, watch.negative() + (negative ? 1 : 0), windowNegative, watch.lastSurgeNo());
    boolean surge = SurgeRule.surge(counts);
    tickets.updateWatch(
        ticket.campaignKey(),
        new TicketRepository.Watch(
            number, counts.negative(), surge ? Long.valueOf(number) : watch.lastSurgeNo()));
    tickets.classify(
        UUID.fromString(ticketId),
        intent,
        sentiment,
        confidence,
        modelVersion,
        number,
        surge,
        clock.instant());
    return new Classification(require(ticketId), surge, counts.windowShare());
  }

  /**
   * Stores an agent's labels; null leaves one as it is. Labels are lower-cased identifiers.
   *
   * @throws InvalidTicketException when a label breaks a rule
   */
  @Transactional(DomainConfiguration.DOMAIN_TRANSACTIONS)
  public Ticket correct(String ticketId, String intent, String sentiment) {
    lock(ticketId);
    tickets.correct(
        UUID.fromString(ticketId),
        TicketRules.intent(ticketId, intent),
        TicketRules.sentiment(ticketId, sentiment));
    return require(ticketId);
  }

  /**
   * Writes an answer from the training material in the ticket's language that fits its text and
   * intent best, once.
   *
   * @return false when no material fits well enough ({@code MaterialSearch}) and an agent must
   *     answer; true also when the ticket was answered before
   */
  @Transactional(DomainConfiguration.DOMAIN_TRANSACTIONS)
  public boolean answer(String ticketId) {
    Ticket ticket = lock(ticketId);
    if (ticket.answer() != null) {
      return true;
    }
    Optional<MaterialSearch.Hit> hit =
        TicketBriefings.nearest(ticket, support.materials(ticket.campaignKey(), ticket.language()))
            .filter(MaterialSearch.Hit::fits);
    if (hit.isEmpty() || ticket.state().equals("closed")) {
      return false;
    }
    TrainingMaterial material = hit.get().material();
    tickets.answer(
        UUID.fromString(ticketId),
        AnswerText.write(ticket, material),
        "material",
        material.material(),
        clock.instant());
    return true;
  }

  /** Makes the ticket urgent, once; a closed one stays as it is. */
  @Transactional(DomainConfiguration.DOMAIN_TRANSACTIONS)
  public Ticket escalate(String ticketId) {
    lock(ticketId);
    tickets.escalate(UUID.fromString(ticketId), clock.instant());
    return require(ticketId);
  }

  /**
   * Closes the ticket, once; a repetition changes nothing.
   *
   * @param answer an agent's answer; null when it was answered before
   * @param correctedIntent an agent's label; null when the model's is right
   * @param correctedSentiment an agent's label; null when the model's is right
   * @throws InvalidTicketException when answer or label breaks a rule
   */
  @Transactional(DomainConfiguration.DOMAIN_TRANSACTIONS)
  public Ticket close(
      String ticketId, String answer, String correctedIntent, String correctedSentiment) {
    Ticket ticket = lock(ticketId);
    if (ticket.state().equals("closed")) {
      return ticket;
    }
    UUID id = UUID.fromString(ticketId);
    String text = TicketRules.answer(ticketId, answer);
    if (text != null) {
      tickets.answer(id, text, "agent", null, clock.instant());
    }
    tickets.correct(
        id,
        TicketRules.intent(ticketId, correctedIntent),
        TicketRules.sentiment(ticketId, correctedSentiment));
    tickets.close(id, clock.instant());
    return require(ticketId);
  }

  /**
   * Writes what an agent needs to see: the ticket, the model's view, the fitting material.
   *
   * @return the briefing's id, {@code ticket/<ticketId>}
   */
  @Transactional(DomainConfiguration.DOMAIN_TRANSACTIONS)
  public String brief(String ticketId) {
    Ticket ticket = require(ticketId);
    return briefings.save(
        ticket,
        support.materials(ticket.campaignKey(), ticket.language()),
        tickets.intents(ticket.campaignKey()));
  }

  private double windowShare(String campaignKey, TicketRepository.Watch watch) {
    long negative = tickets.negativeSince(campaignKey, watch.classified() - SurgeRule.WINDOW);
    return (double) negative / Math.min(SurgeRule.WINDOW, watch.classified());
  }

  private Ticket lock(String ticketId) {
    return uuid(ticketId)
        .flatMap(tickets::lock)
        .orElseThrow(() -> new UnknownTicketException(ticketId));
  }

  private static Optional<UUID> uuid(String id) {
    try {
      return Optional.of(UUID.fromString(id));
    } catch (IllegalArgumentException | NullPointerException e) {
      return Optional.empty();
    }
  }
}
