package io.channelwise.processes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each rule and edge of {@code ticket-routing}. */
class TicketRoutingTest extends DecisionTest {

  private static final List<String> INTENTS =
      List.of(
          "billing",
          "technical-issue",
          "integration",
          "pricing",
          "cancellation",
          "feature-request",
          "praise",
          "unknown",
          "");

  @ParameterizedTest
  @CsvSource({
    "billing, negative, 0.59, agent",
    "praise, positive, 0, agent",
    "billing, negative, 0.6, urgent",
    "technical-issue, negative, 0.9, urgent",
    "cancellation, negative, 0.9, urgent",
    "integration, negative, 0.9, agent",
    "pricing, negative, 0.9, agent",
    "feature-request, negative, 0.9, agent",
    "praise, negative, 0.9, agent",
    "cancellation, neutral, 0.9, agent",
    "cancellation, positive, 0.9, agent",
    "billing, neutral, 0.6, auto",
    "technical-issue, neutral, 0.9, auto",
    "integration, neutral, 0.9, auto",
    "pricing, positive, 0.9, auto",
    "feature-request, positive, 0.9, auto",
    "praise, positive, 1, auto",
    "unknown, negative, 0.9, agent",
    "unknown, neutral, 0.9, agent",
    "unknown, positive, 0.1, agent",
  })
  void shouldRouteByIntentSentimentAndConfidence(
      String intent, String sentiment, double confidence, String route) {
    assertThat(
            ask(
                "ticket-routing",
                vars("intent", intent, "sentiment", sentiment, "confidence", confidence)))
        .isEqualTo(route);
  }

  @Test
  void shouldRouteEveryTicket_whateverTheModelSays() {
    for (String intent : INTENTS) {
      for (String sentiment : List.of("positive", "neutral", "negative", "mixed", "")) {
        for (double confidence : new double[] {0, 0.3, 0.6, 1}) {
          assertThat(
                  ask(
                      "ticket-routing",
                      vars("intent", intent, "sentiment", sentiment, "confidence", confidence)))
              .as("%s %s %s", intent, sentiment, confidence)
              .isIn("auto", "agent", "urgent");
        }
      }
    }
  }
}
