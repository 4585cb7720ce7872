package io.channelwise.worker.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class OutcomeTest {
  private final Outcome.Mapping mapping =
      new Outcome.Mapping(
          RuntimeSettings.of(URI.create("http://127.0.0.1:1/engine-rest"), () -> "t")
              .withRetryDelay(Duration.ofSeconds(5), Duration.ofMinutes(2)));

  @Test
  void shouldWaitFourTimesLongerEachAttempt_upToTheCap() {
    assertThat(mapping.delay(1)).isEqualTo(Duration.ofSeconds(5));
    assertThat(mapping.delay(2)).isEqualTo(Duration.ofSeconds(20));
    assertThat(mapping.delay(3)).isEqualTo(Duration.ofSeconds(80));
    assertThat(mapping.delay(4)).isEqualTo(Duration.ofMinutes(2));
    assertThat(mapping.delay(1_000)).isEqualTo(Duration.ofMinutes(2));
  }

  @Test
  void shouldCutMessagesToWhatTheEngineKeeps() {
    String message = Outcome.Mapping.cut("x".repeat(700));

    assertThat(message).hasSize(666).endsWith("…");
    assertThat(Outcome.Mapping.cut("short")).isEqualTo("short");
    assertThat(Outcome.Mapping.message(new NullPointerException()))
        .isEqualTo("NullPointerException without a message");
  }
}
