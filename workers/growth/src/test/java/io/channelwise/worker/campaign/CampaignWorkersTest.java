package io.channelwise.worker.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.channelwise.campaign.Briefing;
import io.channelwise.campaign.BriefingService;
import io.channelwise.campaign.Report;
import io.channelwise.campaign.ReportContent;
import io.channelwise.campaign.ReportService;
import io.channelwise.campaign.UnknownCampaignException;
import io.channelwise.plan.PlanService;
import io.channelwise.research.ResearchService;
import io.channelwise.worker.campaign.CampaignFixture.Task;
import io.channelwise.worker.plan.PlanOptimiseWorker;
import io.channelwise.worker.plan.PlanPublishWorker;
import io.channelwise.worker.research.ResearchCompetitionWorker;
import io.channelwise.worker.research.ResearchDemandWorker;
import io.channelwise.worker.research.ResearchOpportunityWorker;
import io.channelwise.worker.research.ResearchTrendWorker;
import io.channelwise.worker.runtime.BusinessError;
import io.channelwise.worker.runtime.Contract;
import io.channelwise.worker.runtime.ContractCheck;
import io.channelwise.worker.runtime.PermanentFailure;
import io.channelwise.worker.runtime.Worker;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xml.sax.InputSource;

class CampaignWorkersTest {
  private static final Task TASK = new Task("campaign.open", "c");
  private static CampaignFixture fixture;

  @TempDir static Path folder;

  @BeforeAll
  static void start() {
    fixture = new CampaignFixture();
  }

  @AfterAll
  static void stop() {
    fixture.close();
  }

  private static CampaignOpenWorker.Output open(String key) {
    return fixture.bean(CampaignOpenWorker.class).handle(new CampaignOpenWorker.Input(key), TASK);
  }

  private static CampaignReportWorker.Output report(String key, int cycle, String outcome) {
    return fixture
        .bean(CampaignReportWorker.class)
        .handle(new CampaignReportWorker.Input(key, cycle, outcome), TASK);
  }

  /** Research and plan of one cycle, as the processes run them. */
  static void runSteps(CampaignFixture fixture, String key, int cycle) {
    ResearchService research = fixture.bean(ResearchService.class);
    research.analyseDemand(key, cycle);
    research.analyseCompetition(key, cycle);
    research.analyseTrend(key, cycle);
    research.analyseOpportunity(key, cycle, List.of(), null);
    fixture.sign(key, cycle, "shop");
    fixture.sign(key, cycle, "search");
    PlanService plans = fixture.bean(PlanService.class);
    plans.publish(key, cycle, plans.optimise(key, cycle, "retail").recommendedPlanId());
  }

  @Test
  void shouldMatchTheModels() {
    List<Contract<?, ?>> contracts =
        Stream.<Class<? extends Worker<?, ?>>>of(
                CampaignOpenWorker.class,
                CampaignReportWorker.class,
                ResearchDemandWorker.class,
                ResearchCompetitionWorker.class,
                ResearchTrendWorker.class,
                ResearchOpportunityWorker.class,
                PlanOptimiseWorker.class,
                PlanPublishWorker.class)
            .<Contract<?, ?>>map(type -> fixture.bean(type).contract())
            .toList();

    assertThat(ContractCheck.classpath("processes").differences(contracts)).isEmpty();
  }

  @Test
  void shouldHandOutTheSettings_theSameOnASecondDelivery() throws IOException {
    fixture.create(folder, "open-en", "en");

    CampaignOpenWorker.Output first = open("open-en");

    assertThat(first.cycle()).isEqualTo(1);
    assertThat(first.promotionBudget()).isEqualTo(5000);
    assertThat(first.modelNames())
        .containsExactly(
            "ticket-intent", "ticket-sentiment", "purchase-probability", "material-fit");
    assertThat(first.trainingSettings().epochs()).isEqualTo(2);
    assertThat(first.trainingSettings().base()).isEqualTo("bge-small-zh");
    assertThat(first.timers()).isEqualTo(Map.of("replyDeadline", "PT5S"));
    assertThat(open("open-en")).isEqualTo(first);
  }

  @Test
  void shouldSayWhatIsMissing_inTheCampaignsLanguage() throws IOException {
    fixture.create(folder, "no-events-en", "en", "events.csv");
    fixture.create(folder, "no-events-zh", "zh", "events.csv");

    BusinessError english = catchThrowableOfType(BusinessError.class, () -> open("no-events-en"));
    BusinessError chinese = catchThrowableOfType(BusinessError.class, () -> open("no-events-zh"));

    assertThat(english.code()).isEqualTo("CAMPAIGN_DATA_INVALID");
    assertThat(english)
        .hasMessage(
            "Campaign no-events-en lacks data: no click is recorded: bring events.csv or post"
                + " events. Bring the files and choose to try again.");
    assertThat(chinese).hasMessageContaining("没有点击记录");
  }

  @Test
  void shouldFailForGood_whenTheCampaignIsUnknown() {
    assertThatThrownBy(() -> open("nobody"))
        .isInstanceOf(PermanentFailure.class)
        .hasMessageStartingWith("Campaign nobody does not exist.");
    assertThatThrownBy(() -> report("nobody", 1, "completed"))
        .isInstanceOf(UnknownCampaignException.class);
  }

  @Test
  void shouldWriteOneReportACycle_whenDeliveredTwice() throws IOException {
    fixture.create(folder, "report-en", "en");
    runSteps(fixture, "report-en", 1);

    CampaignReportWorker.Output first = report("report-en", 1, "running");
    CampaignReportWorker.Output second = report("report-en", 1, "completed");

    assertThat(second).isEqualTo(first);
    Report stored = fixture.bean(ReportService.class).latest("report-en").orElseThrow();
    assertThat(stored.id()).isEqualTo(first.reportId());
    assertThat(stored.outcome()).isEqualTo("completed");
    assertThat(stored.content().cycles().get(0).sections())
        .extracting(ReportContent.Section::order)
        .contains(10, 40);
    Briefing decision = fixture.bean(BriefingService.class).find(first.briefingId()).orElseThrow();
    assertThat(decision.figures())
        .extracting(Briefing.Figure::id)
        .contains("proposed-market", "published-plan");
  }

  @Test
  void shouldWriteAnHtmlThatIsEscapedAndComplete_inBothLanguages() throws Exception {
    fixture.create(folder, "html-zh", "zh");
    runSteps(fixture, "html-zh", 1);
    report("html-zh", 1, "completed");
    runSteps(fixture, "html-zh", 2);
    report("html-zh", 2, "completed");
    Report stored = fixture.bean(ReportService.class).latest("html-zh").orElseThrow();

    assertThat(stored.cycle()).isEqualTo(2);
    assertThat(stored.html("en"))
        .contains("Harbour &amp; Co &lt;to market&gt;", "Market research", "Business model")
        .contains("Cycle 1", "Cycle 2")
        .doesNotContain("<to market>", "http://", "https://", "<script", "null", "NaN");
    assertThat(stored.html("zh-CN")).contains("市场调研", "商业模式", "已完成", "lang=\"zh\"");
    for (String html : List.of(stored.htmlEn(), stored.htmlZh())) {
      Matcher charts = Pattern.compile("<svg.*?</svg>", Pattern.DOTALL).matcher(html);
      int count = 0;
      while (charts.find()) {
        count++;
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new InputSource(new StringReader(charts.group())));
      }
      assertThat(count).isGreaterThanOrEqualTo(6);
    }
  }

  @Test
  void shouldWriteAReport_beforeAnyStepHasRun() throws IOException {
    fixture.create(folder, "early", "en");

    report("early", 1, "data-invalid");

    assertThat(fixture.bean(ReportService.class).latest("early").orElseThrow().htmlEn())
        .contains("No step has a result in this cycle.", "data invalid");
  }
}
