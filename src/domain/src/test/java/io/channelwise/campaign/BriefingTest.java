package io.channelwise.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import io.channelwise.campaign.Briefing.Figure;
import io.channelwise.campaign.Briefing.Source;
import io.channelwise.campaign.Briefing.Table;
import io.channelwise.domain.DomainConfiguration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BriefingTest {
  private static final Text TEXT = new Text("Share", "占比");
  private static final DataImport SURVEY =
      new DataImport("survey", 1200, "3f2a91c04d17".repeat(5) + "abcd", Instant.EPOCH);

  @Test
  void shouldReadWhatWasStoredBeforeThereWereSources() throws Exception {
    String stored =
        """
        {"title":{"en":"a","zh":"甲"},"summary":{"en":"b","zh":"乙"},
         "figures":[{"id":"f","label":{"en":"x","zh":"x"},"value":1,"unit":""}],
         "tables":[{"title":{"en":"t","zh":"t"},"columns":[],"rows":[]}],
         "charts":[{"title":{"en":"c","zh":"c"},"kind":"bar","labels":[],"series":[]}]}
        """;

    Briefing briefing = DomainConfiguration.json().readValue(stored, Briefing.class);

    assertThat(briefing.figures()).hasSize(1);
    assertThat(briefing.allSources()).isEmpty();
  }

  @Test
  void shouldGiveAPartTheBriefingsSources_unlessItNamesItsOwn() throws Exception {
    Source rows = Sources.table("acme", SURVEY);
    Source wilson = Sources.method("wilson", new Text("Wilson (1927)", "Wilson（1927）"));
    Figure own = new Figure("own", TEXT, 0.5, "%").from(List.of(wilson));
    Table inherited = new Table(TEXT, List.of(), List.of());
    Briefing briefing =
        new Briefing(TEXT, TEXT, List.of(own), List.of(inherited), List.of()).from(List.of(rows));

    assertThat(briefing.sourcesOf(own)).containsExactly(wilson);
    assertThat(briefing.sourcesOf(inherited)).containsExactly(rows);
    assertThat(briefing.allSources()).containsExactly(wilson, rows);
    String json = DomainConfiguration.json().writeValueAsString(briefing);
    assertThat(DomainConfiguration.json().readValue(json, Briefing.class)).isEqualTo(briefing);
  }

  @Test
  void shouldNameRowsByCampaignTableAndHash_andLinkToThem() {
    Source rows = Sources.table("acme", SURVEY, Map.of("market", "retail & food"));

    assertThat(rows.id()).isEqualTo("acme/survey/3f2a91c04d17?market=retail%20%26%20food");
    assertThat(rows.href())
        .isEqualTo(
            "/api/campaigns/acme/data/survey?market=retail%20%26%20food&sha256=3f2a91c04d17");
    assertThat(rows.label().en())
        .isEqualTo(
            "survey.csv: 1,200 rows, SHA-256 3f2a91c04d17…; those with market = retail & food");
  }
}
