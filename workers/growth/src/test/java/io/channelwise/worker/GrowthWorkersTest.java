package io.channelwise.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.channelwise.deal.LinkSigner;
import io.channelwise.support.TestDomain;
import io.channelwise.worker.delivery.DeliverySettings;
import io.channelwise.worker.runtime.Contract;
import io.channelwise.worker.runtime.ContractCheck;
import io.channelwise.worker.runtime.Worker;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The business workers as one process starts them, against all models. */
class GrowthWorkersTest {
  @TempDir private static Path outbox;

  private static TestDomain domain;
  private static List<Contract<?, ?>> contracts;

  /** All workers of the context. */
  private record Workers(List<Worker<?, ?>> all) {}

  @Configuration(proxyBeanMethods = false)
  static class Settings {
    @Bean
    Workers workers(List<Worker<?, ?>> all) {
      return new Workers(all);
    }

    @Bean
    DeliverySettings deliverySettings() {
      return DeliverySettings.outboxOnly(outbox, URI.create("http://127.0.0.1:8080"));
    }

    @Bean
    LinkSigner linkSigner(Clock clock) {
      return new LinkSigner("a secret of sixteen bytes and more", clock);
    }
  }

  @BeforeAll
  static void start() {
    domain = new TestDomain(GrowthWorkers.class, Settings.class);
    contracts =
        domain.bean(Workers.class).all().stream().<Contract<?, ?>>map(Worker::contract).toList();
  }

  @AfterAll
  static void stop() {
    domain.close();
  }

  @Test
  void shouldFitTheModels() {
    assertThat(ContractCheck.classpath("processes").differences(contracts)).isEmpty();
  }

  @Test
  void shouldServeEveryTopic_butThoseThatNeedBert() {
    assertThat(ContractCheck.classpath("processes").topicsWithoutContract(contracts))
        .containsExactly("bert.evaluate", "bert.fine-tune", "material.rank", "ticket.classify");
  }
}
