package io.channelwise.worker.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.channelwise.domain.DomainConfiguration;
import io.channelwise.worker.runtime.TransientFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutboxDeliveryTest {
  @TempDir Path folder;

  private static OutboundMessage message(String id, String body) {
    return new OutboundMessage(id, "acme", "论坛", "offer", null, "Hello", body, Map.of("round", 1));
  }

  private OutboxDelivery outbox() {
    return new OutboxDelivery(folder.resolve("out"), Clock.systemUTC());
  }

  @Test
  void shouldWriteOneMessageForMachinesAndPeople() throws IOException {
    Receipt receipt = outbox().send(message("deal-1-1-offer", "正文"));

    assertThat(receipt.via()).isEqualTo("outbox");
    assertThat(receipt.duplicate()).isFalse();
    JsonNode json =
        DomainConfiguration.json().readTree(folder.resolve("out/deal-1-1-offer.json").toFile());
    assertThat(json.get("body").asText()).isEqualTo("正文");
    assertThat(json.get("payload").get("round").asInt()).isEqualTo(1);
    assertThat(Files.readString(folder.resolve("out/deal-1-1-offer.txt")))
        .contains("Subject: Hello");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("out"))))
        .isEqualTo("rwx------");
  }

  @Test
  void shouldNeverWriteAnIdTwice_whenSentAtOnce() throws Exception {
    var pool = Executors.newFixedThreadPool(4);
    List<Callable<Receipt>> sends = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      String body = "body " + i;
      sends.add(() -> outbox().send(message("m1", body)));
    }
    int first = 0;
    try {
      for (Future<Receipt> sent : pool.invokeAll(sends, 30, TimeUnit.SECONDS)) {
        first += sent.get().duplicate() ? 0 : 1;
      }
    } finally {
      pool.shutdownNow();
    }
    assertThat(first).isEqualTo(1);
    try (var files = Files.list(folder.resolve("out"))) {
      assertThat(files.map(f -> f.getFileName().toString()))
          .containsExactlyInAnyOrder("m1.json", "m1.txt");
    }
  }

  @Test
  void shouldTryAgainLater_whenTheFolderCannotBeMade() throws IOException {
    Files.writeString(folder.resolve("out"), "a file in the way");

    assertThatThrownBy(() -> outbox().send(message("m1", "b")))
        .isInstanceOf(TransientFailure.class)
        .hasMessageStartingWith("Message m1 could not be written to the outbox");
  }

  @Test
  void shouldRefuseIdsThatLeaveTheFolder() {
    for (String id : List.of("../x", "a/b", ".hidden", "", "a\nb")) {
      assertThatThrownBy(() -> message(id, "b")).isInstanceOf(IllegalArgumentException.class);
    }
  }
}
