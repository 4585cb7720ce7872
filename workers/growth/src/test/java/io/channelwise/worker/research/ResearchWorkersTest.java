package io.channelwise.worker.research;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import io.channelwise.campaign.BriefingService;
import io.channelwise.research.ResearchService;
import io.channelwise.worker.campaign.CampaignFixture;
import io.channelwise.worker.campaign.CampaignFixture.Task;
import io.channelwise.worker.runtime.BusinessError;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResearchWorkersTest {
  private static final String KEY = "research-workers";
  private static final Task TASK = new Task("research", KEY);
  private static CampaignFixture fixture;

  @TempDir static Path folder;

  @BeforeAll
  static void start() throws IOException {
    fixture = new CampaignFixture();
    fixture.create(folder, KEY, "en");
  }

  @AfterAll
  static void stop() {
    fixture.close();
  }

  private static void analyse(int cycle) {
    var demand =
        fixture
            .bean(ResearchDemandWorker.class)
            .handle(new ResearchDemandWorker.Input(KEY, cycle), TASK);
    var competition =
        fixture
            .bean(ResearchCompetitionWorker.class)
            .handle(new ResearchCompetitionWorker.Input(KEY, cycle), TASK);
    var trend =
        fixture
            .bean(ResearchTrendWorker.class)
            .handle(new ResearchTrendWorker.Input(KEY, cycle), TASK);
    assertThat(demand.respondents()).isEqualTo(30);
    assertThat(competition.competitors()).isEqualTo(3);
    assertThat(trend.periods()).isEqualTo(2);
  }

  private static ResearchOpportunityWorker.Output opportunity(int cycle, List<String> excluded) {
    return fixture
        .bean(ResearchOpportunityWorker.class)
        .handle(new ResearchOpportunityWorker.Input(KEY, cycle, excluded), TASK);
  }

  @Test
  void shouldGiveTheSameOutput_whenDeliveredTwice() {
    analyse(1);
    ResearchOpportunityWorker.Output first = opportunity(1, null);
    analyse(1);
    ResearchOpportunityWorker.Output second = opportunity(1, null);

    assertThat(second).isEqualTo(first);
    assertThat(first.proposedMarket()).isEqualTo("retail");
    // 15 of 20 in retail; shares 36 % and 24 %.
    assertThat(first.demandShare()).isEqualTo(0.75);
    assertThat(first.concentration()).isCloseTo(0.36 * 0.36 + 0.24 * 0.24, within(1e-12));
    assertThat(fixture.bean(BriefingService.class).find(first.briefingId())).isPresent();
    assertThat(fixture.bean(ResearchService.class).opportunities(KEY, 1)).hasSize(2);
  }

  @Test
  void shouldProposeAnother_whenOneIsExcluded_andRaiseTheError_whenNoneIsLeft() {
    analyse(2);

    assertThat(opportunity(2, List.of("retail")).proposedMarket()).isEqualTo("health");
    BusinessError error =
        catchThrowableOfType(
            BusinessError.class, () -> opportunity(2, List.of("retail", "health")));
    assertThat(error.code()).isEqualTo("NO_VIABLE_MARKET");
    assertThat(error).hasMessageContaining("excluded are [retail, health]");
  }
}
