package io.channelwise.launcher.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SampleCampaignTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"en", "zh"})
  void shouldWriteTheSameBytesTwice(String language) throws Exception {
    SampleCampaign.write(folder.resolve("a"), language);
    SampleCampaign.write(folder.resolve("b"), language);
    try (var files = Files.list(folder.resolve("a"))) {
      var names = files.map(Path::getFileName).toList();
      assertThat(names).hasSize(12);
      for (Path name : names) {
        assertThat(folder.resolve("a").resolve(name))
            .hasSameBinaryContentAs(folder.resolve("b").resolve(name));
      }
    }
  }

  @Test
  void shouldHoldWhatTheProductPromises() throws Exception {
    SampleCampaign.write(folder, "en");
    assertThat(Files.readAllLines(folder.resolve("events.csv")).size() - 1).isBetween(3_000, 9_999);
    assertThat(Files.readAllLines(folder.resolve("feedback.csv")).size() - 1)
        .isEqualTo(SampleTickets.FEEDBACK_ROWS);
    assertThat(Files.readAllLines(folder.resolve("channels.csv"))).hasSize(9);
    Set<String> markets = new HashSet<>();
    Files.readAllLines(folder.resolve("survey.csv")).stream()
        .skip(1)
        .forEach(line -> markets.add(line.split(",")[0].replace("\"", "")));
    assertThat(markets).containsExactlyInAnyOrder("retail", "manufacturing", "healthcare");
  }

  @Test
  void shouldGiveOtherTicketsForAnotherSeed() {
    assertThat(SampleTickets.tickets(70, 1)).isEqualTo(SampleTickets.tickets(70, 1));
    assertThat(SampleTickets.tickets(70, 1)).isNotEqualTo(SampleTickets.tickets(70, 2));
    assertThat(SampleTickets.tickets(70, 1))
        .extracting(SampleTickets.SampleTicket::intent)
        .contains(SampleTickets.INTENTS.toArray(String[]::new));
  }
}
