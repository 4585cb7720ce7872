package io.channelwise.worker.research;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import io.channelwise.campaign.BriefingService;
import io.channelwise.campaign.ReportService;
import io.channelwise.research.OpportunityBoard;
import io.channelwise.research.OpportunityWeights;
import io.channelwise.research.ResearchService;
import io.channelwise.research.WeightsOwner;
import io.channelwise.worker.campaign.CampaignFixture;
import io.channelwise.worker.campaign.CampaignFixture.Task;
import io.channelwise.worker.research.ResearchOpportunityWorker.Weights;
import io.channelwise.worker.runtime.BusinessError;
import io.channelwise.worker.runtime.PermanentFailure;
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
  private static final String CHOSEN =
      "The weights were chosen by the person who asked for the analysis again: need 0.000, room"
          + " 1.000, growth 0.000, payment 0.000.";
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
    return opportunity(cycle, excluded, null);
  }

  private static ResearchOpportunityWorker.Output opportunity(
      int cycle, List<String> excluded, Weights weights) {
    return fixture
        .bean(ResearchOpportunityWorker.class)
        .handle(new ResearchOpportunityWorker.Input(KEY, cycle, excluded, weights), TASK);
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

  @Test
  void shouldScoreWithTheWeightsChosen_theSameTwice_andSayWhose() {
    analyse(3);
    double usual = opportunity(3, null).opportunityScore();

    // Only room: 1 − HHI of the shares 36 % and 24 %, and 80 %.
    Weights room = new Weights(0.0, 7.0, 0.0, 0.0);
    ResearchOpportunityWorker.Output first = opportunity(3, null, room);
    OpportunityBoard board = fixture.bean(ResearchService.class).board(KEY, 3);
    ResearchOpportunityWorker.Output second = opportunity(3, null, room);

    assertThat(second).isEqualTo(first);
    assertThat(fixture.bean(ResearchService.class).board(KEY, 3)).isEqualTo(board);
    assertThat(first.opportunityScore())
        .isNotEqualTo(usual)
        .isCloseTo(1 - 0.36 * 0.36 - 0.24 * 0.24, within(1e-12));
    assertThat(board.weights()).isEqualTo(new OpportunityWeights(0, 1, 0, 0));
    assertThat(board.chosenBy()).isEqualTo(WeightsOwner.PERSON);
    assertThat(fixture.bean(BriefingService.class).find(first.briefingId()))
        .map(b -> b.summary().en())
        .hasValueSatisfying(t -> assertThat(t).contains(CHOSEN));
    assertThat(fixture.bean(ReportService.class).write(KEY, 3, "completed").htmlEn())
        .contains(CHOSEN);
    // Without weights it is as before.
    assertThat(opportunity(3, null).opportunityScore()).isEqualTo(usual);
  }

  @Test
  void shouldFailForGood_withWeightsThatAreNone() {
    analyse(4);

    for (Weights wrong :
        List.of(
            new Weights(0.0, 0.0, 0.0, 0.0),
            new Weights(1.0, -0.5, 0.0, 0.0),
            new Weights(1.0, Double.NaN, 0.0, 0.0),
            new Weights(1.0, null, 0.0, 0.0))) {
      assertThatThrownBy(() -> opportunity(4, null, wrong))
          .isInstanceOf(PermanentFailure.class)
          .hasMessageContaining("of the opportunity score")
          .hasMessageEndingWith("Correct the variable opportunityWeights, then retry.");
    }
    assertThat(fixture.bean(ResearchService.class).latestRanking(KEY))
        .hasValueSatisfying(cycle -> assertThat(cycle).isNotEqualTo(4));
  }
}
