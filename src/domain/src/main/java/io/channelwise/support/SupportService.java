package io.channelwise.support;

import io.channelwise.domain.DomainConfiguration;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Tickets from the customer's question to the closed answer. Thread-safe. */
@Service
public class SupportService {
  private static final int TEXT_MAX = 5000;
  private static final Set<String> SENTIMENTS =
      Set.of("negative", "neutral", "positive", "unknown");

  private final TicketRepository tickets;
  private final Clock clock;

  SupportService(TicketRepository tickets, Clock clock) {
    this.tickets = tickets;
    this.clock = clock;
  }

  /**
   * Stores a customer's question; each call is a new ticket.
   *
   * @throws InvalidTicketException when text, rating or campaign breaks a rule
   */
  @Transactional(DomainConfiguration.DOMAIN_TRANSACTIONS)
  public Ticket open(NewTicket ticket) {
    NewTicket checked = check(ticket);
    UUID id = UUID.randomUUID();
    try {
      tickets.insert(id, checked, Language.of(checked.text()), clock.instant());
    } catch (DataIntegrityViolationException e) {
      throw new InvalidTicketException(
          "The ticket was not opened: campaign %s does not exist. Start it with POST /api/campaigns."
              .formatted(checked.campaignKey()));
    }
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
    checkClassification(ticketId, intent, sentiment, confidence);
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
        intentLabel(ticketId, intent),
        sentimentLabel(ticketId, sentiment));
    return require(ticketId);
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

  private static NewTicket check(NewTicket ticket) {
    String text = ticket.text() == null ? "" : ticket.text().strip();
    if (text.isEmpty() || text.length() > TEXT_MAX) {
      throw new InvalidTicketException(
          "The ticket was not opened: its text has %d characters; 1 to %d are allowed. %s"
              .formatted(
                  text.length(),
                  TEXT_MAX,
                  text.isEmpty() ? "Write the question into text." : "Shorten the text."));
    }
    if (text.indexOf('\0') >= 0) {
      throw new InvalidTicketException(
          "The ticket was not opened: its text holds a NUL character. Send plain text.");
    }
    if (ticket.campaignKey() == null || ticket.campaignKey().isBlank()) {
      throw new InvalidTicketException(
          "The ticket was not opened: campaignKey is missing. Name the campaign it belongs to.");
    }
    if (ticket.rating() != null && (ticket.rating() < 1 || ticket.rating() > 5)) {
      throw new InvalidTicketException(
          "The ticket was not opened: rating is %d; a whole number from 1 (worst) to 5 is expected."
              .formatted(ticket.rating()));
    }
    return new NewTicket(
        ticket.campaignKey(), text, ticket.channel(), ticket.customer(), ticket.rating());
  }

  private static void checkClassification(
      String ticketId, String intent, String sentiment, double confidence) {
    if (intent == null || intent.isBlank()) {
      throw new InvalidTicketException(
          "Ticket %s was not classified: the intent is empty.".formatted(ticketId));
    }
    if (sentiment == null || !SENTIMENTS.contains(sentiment)) {
      throw new InvalidTicketException(
          "Ticket %s was not classified: sentiment is %s; negative, neutral, positive or unknown is expected."
              .formatted(ticketId, sentiment));
    }
    if (!(confidence >= 0 && confidence <= 1)) {
      throw new InvalidTicketException(
          "Ticket %s was not classified: confidence is %s; a number from 0 to 1 is expected."
              .formatted(ticketId, confidence));
    }
  }

  private static String intentLabel(String ticketId, String intent) {
    if (intent == null || intent.isBlank()) {
      return null;
    }
    String label = intent.strip().toLowerCase(Locale.ROOT);
    if (label.length() > 100) {
      throw new InvalidTicketException(
          "Ticket %s was not corrected: the intent has %d characters; at most 100 are allowed."
              .formatted(ticketId, label.length()));
    }
    return label;
  }

  private static String sentimentLabel(String ticketId, String sentiment) {
    if (sentiment == null || sentiment.isBlank()) {
      return null;
    }
    String label = sentiment.strip().toLowerCase(Locale.ROOT);
    if (label.equals("unknown") || !SENTIMENTS.contains(label)) {
      throw new InvalidTicketException(
          "Ticket %s was not corrected: sentiment is %s; negative, neutral or positive is expected."
              .formatted(ticketId, sentiment));
    }
    return label;
  }

  private static Optional<UUID> uuid(String id) {
    try {
      return Optional.of(UUID.fromString(id));
    } catch (IllegalArgumentException | NullPointerException e) {
      return Optional.empty();
    }
  }
}
