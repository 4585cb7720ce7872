package io.channelwise.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import io.channelwise.campaign.Briefing.Figure;
import io.channelwise.campaign.Briefing.Source;
import io.channelwise.campaign.Briefing.Table;
import io.channelwise.campaign.ReportContent.Cycle;
import io.channelwise.campaign.ReportContent.Section;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReportHtmlTest {
  private static final Source ROWS =
      new Source("acme/survey/3f2a", new Text("survey.csv", "调研表"), "/api/rows?a=1&b=2");
  private static final Source METHOD = Sources.method("wilson", new Text("Wilson", "威尔逊"));

  private static String page(boolean chinese) {
    Briefing briefing =
        new Briefing(
            new Text("Research", "调研"),
            new Text("One sentence.", "一句话。"),
            List.of(
                new Figure("share", new Text("Share", "占比"), 0.5, "%"),
                new Figure("gap", new Text("Gap", "间隙"), 6.66e-15, "").from(List.of(METHOD, ROWS))),
            List.of(
                new Table(
                    new Text("Markets", "市场"),
                    List.of(new Text("Market", "市场")),
                    List.of(List.of("retail"))),
                new Table(new Text("Empty", "空表"), List.of(new Text("x", "x")), List.of())),
            List.of(),
            List.of(ROWS));
    Campaign campaign =
        new Campaign(
            "acme", "Acme", "Acme Ltd", "Acme LLM", "", "en", 1000, "EUR", null, Instant.EPOCH);
    ReportContent content =
        new ReportContent(
            campaign,
            1,
            "completed",
            Instant.EPOCH,
            List.of(new Cycle(1, List.of(new Section(10, briefing)))),
            List.of(new DataImport("survey", 3, "3f2a".repeat(16), Instant.EPOCH)));
    return new ReportHtml(content, chinese).page();
  }

  @Test
  void shouldNumberInputs_andListThemOnceWithTheirIds() {
    String page = page(false);

    assertThat(page)
        .contains("50 %<sup><a href=\"#c1-10-input-1\" title=\"survey.csv\">[1]</a></sup>")
        .contains(
            "6.7e-15<sup><a href=\"#c1-10-input-2\" title=\"Wilson\">[2]</a>"
                + "<a href=\"#c1-10-input-1\" title=\"survey.csv\">[1]</a></sup>")
        .contains(
            "<li id=\"c1-10-input-1\"><a href=\"/api/rows?a=1&amp;b=2\" target=\"_blank\""
                + " rel=\"noopener\">survey.csv</a> · <code>acme/survey/3f2a</code></li>")
        .contains("<li id=\"c1-10-input-2\">Wilson · <code>method/wilson</code></li>")
        .contains("<p class=\"from\">Inputs: <a href=\"#c1-10-input-1\"")
        .contains("<code>" + "3f2a".repeat(16) + "</code>");
  }

  @Test
  void shouldFoldEachSection_behindItsFiguresAndSentence() {
    String page = page(false);

    assertThat(page)
        .contains("<li><a href=\"#c1-10\">Research</a></li>")
        .containsSubsequence(
            "<section class=\"long\" id=\"c1-10\">",
            "One sentence.",
            "<dl>",
            "<details><summary>Charts (0), tables (1) and inputs (2)</summary>",
            "Markets",
            "</details>",
            "href=\"#contents\"",
            "</section>")
        .doesNotContain("Empty")
        .doesNotContain("<script");
  }

  @Test
  void shouldSpeakChinese() {
    assertThat(page(true))
        .contains("图表（0）、表格（1）与数据来源（2）")
        .contains("<p class=\"from\">数据来源：")
        .contains("title=\"调研表\"")
        .doesNotContain("Inputs");
  }
}
