package io.channelwise.worker.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class RuntimeSettingsTest {
  private static final URI URL = URI.create("http://127.0.0.1:8080/engine-rest");

  @Test
  void shouldGiveEachProcessStartAnotherWorkerId() {
    assertThat(RuntimeSettings.of(URL, () -> "t").workerId())
        .isNotEqualTo(RuntimeSettings.of(URL, () -> "t").workerId());
  }

  @Test
  void shouldNameEveryWrongValueAtOnce() {
    assertThatThrownBy(
            () ->
                new RuntimeSettings(
                    URI.create("ftp://x/"),
                    () -> "t",
                    " ",
                    2,
                    3,
                    Duration.ZERO,
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(2),
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("channelwise.engine-url is ftp://x/")
        .hasMessageContaining("worker id is empty")
        .hasMessageContaining("channelwise.runtime.max-tasks is 3; 1 to 2 is allowed")
        .hasMessageContaining("channelwise.runtime.async-response-timeout is PT0S")
        .hasMessageContaining("channelwise.runtime.retry-delay-max is PT1S; PT2S to PT24H");
  }

  @Test
  void shouldRefuseToStart_whenTokenIsEmptyOrNothingIsToDo() {
    assertThatThrownBy(() -> WorkerRuntime.start(RuntimeSettings.of(URL, () -> "t"), List.of()))
        .hasMessageContaining("No worker was given");
    Contract<Contract.None, Contract.None> contract =
        Contract.of("topic", Contract.None.class, Contract.None.class);
    Worker<Contract.None, Contract.None> worker =
        Fixtures.worker(contract, (in, context) -> Contract.None.NONE);
    assertThatThrownBy(
            () -> WorkerRuntime.start(RuntimeSettings.of(URL, () -> " "), List.of(worker)))
        .hasMessageContaining("worker token is empty");
    assertThatThrownBy(
            () -> WorkerRuntime.start(RuntimeSettings.of(URL, () -> "t"), List.of(worker, worker)))
        .hasMessageContaining("Topic topic has two workers");
  }
}
