package io.channelwise.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.zaxxer.hikari.HikariDataSource;
import io.channelwise.domain.DomainConfiguration;
import io.channelwise.testing.TestDatabase;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

class CampaignServiceTest {
  private static AnnotationConfigApplicationContext context;
  private static CampaignService campaigns;
  private static BriefingService briefings;

  @BeforeAll
  static void start() {
    context = new AnnotationConfigApplicationContext();
    context.registerBean("domainDataSource", HikariDataSource.class, TestDatabase::create);
    context.register(DomainConfiguration.class);
    context.refresh();
    campaigns = context.getBean(CampaignService.class);
    briefings = context.getBean(BriefingService.class);
  }

  @AfterAll
  static void stop() {
    context.close();
  }

  private static NewCampaign json(String text) {
    return NewCampaign.parse(text.replace('\'', '"'));
  }

  @Test
  void shouldFindACreatedCampaign_withItsSettings() {
    Campaign created =
        campaigns.create(
            json(
                """
                {'key':'acme-llm-2026q1','name':'Acme','company':'Acme Ltd','product':'Acme LLM',
                 'locale':'zh','promotionBudget':60000,'currency':'CNY',
                 'settings':{'timers':{'replyDeadline':'PT5S','collectCycle':'R/PT1S'},
                             'training':{'epochs':5},'capacity':1200}}
                """));

    assertThat(campaigns.find("acme-llm-2026q1")).contains(created);
    assertThat(created.description()).isEmpty();
    assertThat(created.settings().timers()).containsEntry("replyDeadline", "PT5S");
    assertThat(created.settings().training())
        .isEqualTo(new CampaignSettings.Training("bge-small-zh", 5, 1e-4, 16, 64, 42));
    assertThat(created.settings().capacity()).isEqualTo(1200);
    assertThat(created.settings().channelsMax()).isEqualTo(5);
  }

  @Test
  void shouldRefuseASecondCampaignOfTheSameKey() {
    String text =
        "{'key':'twice','name':'n','company':'c','product':'p','promotionBudget':1,'currency':'EUR'}";
    campaigns.create(json(text));

    assertThatThrownBy(() -> campaigns.create(json(text)))
        .isInstanceOf(CampaignExistsException.class)
        .hasMessageStartingWith("Campaign twice already exists.");
  }

  @Test
  void shouldReportEveryFindingInTheJson_andCreateNothing() {
    NewCampaign bad =
        json(
            """
            {'key':'Bad Key','name':'','company':7,'promotionBudget':0,'currency':'XXQ','locale':'fr',
             'colour':'red',
             'settings':{'timers':{'replyDeadline':'soon','collectCycle':'P1D','lunch':'PT1H'},
                         'training':{'epochs':0,'learningRate':'fast','base':'gpt'},
                         'channelsMax':2.5,'technicalStandard':1.5}}
            """);

    InvalidDataException refused =
        catchThrowableOfType(InvalidDataException.class, () -> campaigns.create(bad));

    assertThat(refused.findings())
        .extracting(Finding::column)
        .containsExactlyInAnyOrder(
            "colour",
            "key",
            "name",
            "company",
            "product",
            "locale",
            "promotionBudget",
            "currency",
            "settings.timers.lunch",
            "settings.timers.replyDeadline",
            "settings.timers.collectCycle",
            "settings.training.base",
            "settings.training.epochs",
            "settings.training.learningRate",
            "settings.technicalStandard",
            "settings.channelsMax");
    assertThat(refused.findings()).allMatch(f -> f.file().equals("campaign.json"));
    assertThat(refused.findings())
        .filteredOn(f -> f.column().equals("settings.training.epochs"))
        .singleElement()
        .satisfies(
            f -> {
              assertThat(f.message().en())
                  .isEqualTo(
                      "campaign.json, column settings.training.epochs: found “0”, expected an"
                          + " integer between 1 and 100.");
              assertThat(f.message().zh()).contains("应为1 至 100 之间的整数");
            });
  }

  @Test
  void shouldRefuseTextThatIsNoJsonObject() {
    for (String text : List.of("", "[]", "{", "null", "\"a\"")) {
      assertThatThrownBy(() -> NewCampaign.parse(text))
          .as(text)
          .isInstanceOf(InvalidDataException.class)
          .hasMessageContaining("expected a JSON object");
    }
  }

  @Test
  void shouldNameTheKey_whenTheCampaignIsUnknown() {
    assertThatThrownBy(() -> campaigns.require("nobody"))
        .isInstanceOf(UnknownCampaignException.class)
        .hasMessageStartingWith("Campaign nobody does not exist.");
  }

  @Test
  void shouldReplaceABriefing_andReadItBackWhole() {
    Briefing first =
        new Briefing(new Text("a", "甲"), new Text("b", "乙"), List.of(), List.of(), List.of());
    Briefing second =
        new Briefing(
            new Text("Market", "市场"),
            new Text("s", "述"),
            List.of(new Briefing.Figure("share", new Text("Share", "占比"), 0.25, "%")),
            List.of(
                new Briefing.Table(
                    new Text("t", "表"),
                    List.of(new Text("c", "列")),
                    List.of(java.util.Arrays.asList("x", 1.5, null)))),
            List.of(
                new Briefing.Chart(
                    new Text("chart", "图"),
                    "bar",
                    List.of(new Text("l", "标")),
                    List.of(new Briefing.Series(new Text("s", "列"), List.of(1.0))))));

    briefings.save("k/1/research", first);
    String id = briefings.save("k/1/research", second);

    assertThat(briefings.find(id)).contains(second);
    assertThat(briefings.find("k/2/research")).isEmpty();
  }
}
