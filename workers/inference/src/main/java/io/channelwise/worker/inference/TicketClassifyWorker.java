package io.channelwise.worker.inference;

import io.channelwise.bert.Prediction;
import io.channelwise.feedback.DatasetService;
import io.channelwise.support.Classification;
import io.channelwise.support.SupportService;
import io.channelwise.support.Ticket;
import io.channelwise.worker.runtime.Contract;
import io.channelwise.worker.runtime.PermanentFailure;
import io.channelwise.worker.runtime.TaskContext;
import io.channelwise.worker.runtime.Worker;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Topic {@code ticket.classify}: a ticket's intent and sentiment by the released models.
 *
 * <p>Before a release the intent is {@code unknown} with confidence 0 and modelVersion {@code
 * none}; the sentiment then follows the customer's rating (1–2 negative, 3 neutral, 4–5 positive),
 * or is {@code neutral} without one.
 */
@Component
public final class TicketClassifyWorker
    implements Worker<TicketClassifyWorker.Input, TicketClassifyWorker.Output> {
  static final String NO_VERSION = "none";

  /** Variables read. */
  public record Input(String ticketId) {}

  /**
   * Variables written.
   *
   * @param confidence probability of the intent, 0..1
   * @param modelVersion version of the intent model, as text; {@code none} before a release
   * @param surge whether this ticket raised a surge of negative sentiment
   * @param surgeNegativeShare share of negative tickets among the last classified ones, 0..1
   */
  public record Output(
      String intent,
      String sentiment,
      Double confidence,
      String modelVersion,
      Boolean surge,
      Double surgeNegativeShare,
      String briefingId) {}

  private static final Contract<Input, Output> CONTRACT =
      Contract.of("ticket.classify", Input.class, Output.class);

  private final SupportService support;
  private final Predictor predictor;

  TicketClassifyWorker(SupportService support, Predictor predictor) {
    this.support = support;
    this.predictor = predictor;
  }

  @Override
  public Contract<Input, Output> contract() {
    return CONTRACT;
  }

  @Override
  public Output handle(Input input, TaskContext context) {
    Ticket ticket =
        support
            .find(input.ticketId())
            .orElseThrow(
                () ->
                    new PermanentFailure(
                        "There is no ticket %s. Open it with POST /api/tickets."
                            .formatted(input.ticketId())));
    Classification stored = classify(ticket);
    Ticket classified = stored.ticket();
    return new Output(
        classified.intent(),
        classified.sentiment(),
        classified.confidence(),
        classified.modelVersion(),
        stored.surge(),
        stored.negativeShare(),
        support.brief(ticket.id()));
  }

  private Classification classify(Ticket ticket) {
    if (ticket.classifiedAt() != null) {
      // Delivered again: what was stored first counts, also when another version is live by now.
      return support.recordClassification(
          ticket.id(),
          ticket.intent(),
          ticket.sentiment(),
          ticket.confidence(),
          ticket.modelVersion());
    }
    Optional<Predictions> intent = ask(DatasetService.TICKET_INTENT, ticket);
    Optional<Predictions> sentiment = ask(DatasetService.TICKET_SENTIMENT, ticket);
    return support.recordClassification(
        ticket.id(),
        intent.map(answer -> first(answer).label()).orElse("unknown"),
        sentiment.map(answer -> first(answer).label()).orElseGet(() -> byRating(ticket.rating())),
        intent.map(answer -> Math.min(1.0, first(answer).score())).orElse(0.0),
        intent.map(answer -> Integer.toString(answer.version())).orElse(NO_VERSION));
  }

  private Optional<Predictions> ask(String model, Ticket ticket) {
    return predictor.predict(model, List.of(ticket.text()));
  }

  private static Prediction first(Predictions answer) {
    return answer.predictions().get(0);
  }

  private static String byRating(Integer rating) {
    if (rating == null || rating == 3) {
      return "neutral";
    }
    return rating < 3 ? "negative" : "positive";
  }
}
