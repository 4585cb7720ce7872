package io.channelwise.support;

import java.util.Locale;
import java.util.Set;

/** What a ticket, its classification, answer and correction may look like. */
final class TicketRules {
  private static final int TEXT_MAX = 5000;
  private static final int REFERENCE_MAX = 200;
  private static final Set<String> SENTIMENTS =
      Set.of("negative", "neutral", "positive", "unknown");

  private TicketRules() {}

  static NewTicket check(NewTicket ticket) {
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
        ticket.campaignKey(),
        text,
        reference("channel", ticket.channel()),
        reference("customer", ticket.customer()),
        ticket.rating());
  }

  static void checkClassification(
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

  static String intent(String ticketId, String intent) {
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

  static String sentiment(String ticketId, String sentiment) {
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

  static String answer(String ticketId, String answer) {
    if (answer == null || answer.isBlank()) {
      return null;
    }
    if (answer.length() > TEXT_MAX || answer.indexOf('\0') >= 0) {
      throw new InvalidTicketException(
          "Ticket %s was not answered: the answer has %d characters; at most %d without NUL are allowed."
              .formatted(ticketId, answer.length(), TEXT_MAX));
    }
    return answer.strip();
  }

  private static String reference(String name, String value) {
    if (value == null || value.isBlank()) {
      return null;
    }
    if (value.length() > REFERENCE_MAX || value.indexOf('\0') >= 0) {
      throw new InvalidTicketException(
          "The ticket was not opened: %s has %d characters; at most %d without NUL are allowed."
              .formatted(name, value.length(), REFERENCE_MAX));
    }
    return value.strip();
  }
}
