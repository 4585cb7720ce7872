package io.channelwise.server.research;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import io.channelwise.research.OpportunityBoard;
import io.channelwise.research.OpportunityWeights;
import io.channelwise.research.ResearchService;
import io.channelwise.research.WeightsOwner;
import io.channelwise.server.TasklistBrowser;
import io.channelwise.server.TestServer;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.Assertions;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.junit.jupiter.api.Test;

/**
 * A person moves the weights in the form in Tasklist, and has the analysis done again with them.
 */
class OpportunityFormTest {
  private final TestServer server = TestServer.get();

  @Test
  void shouldWeighAnew_inEnglish() {
    weigh(
        "weights-form-en",
        "en-GB",
        new Words(
            "finance is first. It stays first until",
            "First with these weights: retail (stored ranking: finance)",
            "Back to the usual weights",
            "Analyse again with these weights",
            "Stored weights: chosen by a person before."));
  }

  @Test
  void shouldWeighAnew_inChinese() {
    weigh(
        "weights-form-zh",
        "zh-CN",
        new Words(
            "“finance”居首位。权重移动不足",
            "按此权重居首: retail (已保存的排名: finance)",
            "恢复通常权重",
            "用这些权重重新分析",
            "已保存的权重：此前由人选定。"));
  }

  private record Words(String firm, String moved, String usual, String use, String owner) {}

  private void weigh(String campaign, String locale, Words words) {
    try (TasklistBrowser browser = TasklistBrowser.open(server, locale)) {
      OpportunityApiTest.create(server, campaign);
      OpportunityApiTest.analyse(server, campaign, null);
      server
          .bean(RuntimeService.class)
          .startProcessInstanceByKey(
              "market-research", campaign, Map.of("campaignKey", campaign, "cycle", 1));
      playToTheForm(campaign);
      browser.login("lead");
      Page page = browser.form(campaign, "lead");
      Locator panel = page.locator(".cw-opportunity .cwp");
      Locator first = panel.locator("tbody tr").first().locator("td").nth(1);
      assertThat(first).hasText("finance");
      assertThat(panel).containsText(words.firm());
      browser.keep(campaign + "-stored");

      page.locator("#cwo-room").fill("0");
      assertThat(first).hasText("retail");
      assertThat(panel).containsText(words.moved());
      assertThat(panel.locator("output")).hasText(new String[] {"53.3 %", "0 %", "20 %", "26.7 %"});
      browser.button(words.usual()).click();
      assertThat(first).hasText("finance");
      page.locator("#cwo-room").fill("0");
      assertThat(first).hasText("retail");
      browser.keep(campaign + "-moved");
      page.locator("#markets input").first().check();
      assertThat(first).hasText("retail");
      page.locator("#markets input").first().uncheck();
      browser.button(words.use()).click();
      assertThat(page.locator("#marketOutcome")).hasValue("rework");
      browser.complete().click();

      scoreWithTheWeightsOf(campaign);
      Page again = browser.form(campaign, "lead");
      assertThat(again.locator(".cw-opportunity .cwp")).containsText(words.owner());
      assertThat(again.locator("#targetMarket")).hasValue("retail");
      browser.keep(campaign + "-again");
      browser.complete().click();
      TestServer.await("the market to be approved", () -> openForms(campaign) == 0);
      Assertions.assertThat(
              TasklistBrowser.variable(server, "market-research", campaign, "targetMarket"))
          .isEqualTo("retail");
    }
  }

  /** What the form sent is what is scored with, and gives what it showed. */
  private void scoreWithTheWeightsOf(String campaign) {
    TestServer.await("the form to be sent", () -> openForms(campaign) == 0);
    JsonNode sent =
        OpportunityFormTest.json(
            TasklistBrowser.variable(server, "market-research", campaign, "opportunityWeights"));
    OpportunityWeights weights =
        new OpportunityWeights(
            sent.path("need").asDouble(),
            sent.path("room").asDouble(),
            sent.path("growth").asDouble(),
            sent.path("payment").asDouble());
    Assertions.assertThat(weights.need()).isEqualTo(0.4 / 0.75);
    Assertions.assertThat(weights.room()).isZero();
    ResearchService research = server.bean(ResearchService.class);
    OpportunityBoard shown = research.weigh(campaign, 1, weights, List.of());
    OpportunityApiTest.analyse(server, campaign, weights);
    Assertions.assertThat(research.board(campaign, 1)).isEqualTo(shown);
    Assertions.assertThat(shown.chosenBy()).isEqualTo(WeightsOwner.PERSON);
    playToTheForm(campaign);
  }

  private static JsonNode json(Object spin) {
    try {
      return new ObjectMapper().readTree(spin.toString());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Not JSON: " + spin, e);
    }
  }

  private long openForms(String campaign) {
    return server
        .bean(TaskService.class)
        .createTaskQuery()
        .processInstanceBusinessKey(campaign)
        .taskDefinitionKey("Task_ApproveTargetMarket")
        .count();
  }

  private void playToTheForm(String campaign) {
    var best = server.bean(ResearchService.class).opportunities(campaign, 1).get(0);
    TestServer.await(
        "the form to be open",
        () -> {
          server.play(
              campaign,
              Map.of(
                  "research.demand", Map.of("respondents", 40),
                  "research.competition", Map.of("competitors", 9),
                  "research.trend", Map.of("periods", 1),
                  "research.opportunity",
                      Map.of(
                          "proposedMarket", best.market(),
                          "demandShare", best.demandShare(),
                          "concentration", best.concentration(),
                          "growth", best.growth(),
                          "opportunityScore", best.score(),
                          "briefingId", ResearchService.briefingId(campaign, 1))));
          return openForms(campaign) == 1;
        });
  }
}
