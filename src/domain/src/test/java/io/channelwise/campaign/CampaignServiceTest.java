package io.channelwise.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.zaxxer.hikari.HikariDataSource;
import io.channelwise.domain.DomainConfiguration;
import io.channelwise.testing.TestDatabase;
import java.util.List;
import java.util.Map;
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
                             'training':{'epochs':5},'capacity':1200,'roundsMax':5}}
                """));

    assertThat(campaigns.find("acme-llm-2026q1")).contains(created);
    assertThat(created.description()).isEmpty();
    assertThat(created.settings().timers()).containsEntry("replyDeadline", "PT5S");
    assertThat(created.settings().training())
        .isEqualTo(new CampaignSettings.Training("bge-small-zh", 5, 1e-4, 16, 64, 42));
    assertThat(created.settings().capacity()).isEqualTo(1200);
    assertThat(created.settings().channelsMax()).isEqualTo(5);
    assertThat(created.settings().roundsMax()).isEqualTo(5);
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
                         'channelsMax':2.5,'technicalStandard':1.5,'roundsMax':21}}
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
            "settings.channelsMax",
            "settings.roundsMax");
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
  void shouldTakeWeightsAndWhatThePlanModelAssumes_andKeepThem() {
    Campaign created =
        campaigns.create(
            json(
                """
                {'key':'assumptions','name':'n','company':'c','product':'p','promotionBudget':1,
                 'currency':'EUR',
                 'settings':{
                   'opportunityWeights':{'need':50,'room':0,'growth':25,'payment':25},
                   'plan':{'ownQuality':-0.5,'serviceWorth':0.4,'outsideShare':0.2,
                           'rivalPrices':0.9,'priceSensitivity':2,
                           'satisfactionWeights':{'service':2,'price':1,'payment':1},
                           'pricingModels':{'data-driven':{'worth':0.2,'liking':0}}}}}
                """));

    assertThat(campaigns.find("assumptions")).contains(created);
    assertThat(created.settings().opportunityWeights())
        .isEqualTo(new CampaignSettings.OpportunityWeights(50, 0, 25, 25));
    assertThat(created.settings().plan())
        .isEqualTo(
            new PlanSettings(
                -0.5,
                0.4,
                0.2,
                0.9,
                2.0,
                new PlanSettings.Satisfaction(2, 1, 1),
                Map.of("data-driven", new PlanSettings.Pricing(0.2, null, null, null, 0.0))));
    CampaignSettings none = CampaignSettings.defaults();
    assertThat(none.opportunityWeights()).isNull();
    assertThat(none.plan())
        .isEqualTo(new PlanSettings(null, null, null, null, null, null, Map.of()));
  }

  @Test
  void shouldReportEveryWrongAssumption_byItsPath() {
    NewCampaign bad =
        json(
            """
            {'key':'wrong-assumptions','name':'n','company':'c','product':'p',
             'promotionBudget':1,'currency':'EUR',
             'settings':{
               'opportunityWeights':{'need':-1,'room':'NaN','growth':0.2,'luck':1},
               'plan':{'ownQuality':3,'serviceWorth':'much','outsideShare':0,'rivalPrices':1e400,
                       'priceSensitivity':0,'colour':1,
                       'satisfactionWeights':{'service':0,'price':0,'payment':0},
                       'pricingModels':{'free':{},'api':{'worth':2,'collected':0,'cost':0,
                                        'quality':9,'liking':-1,'taste':1},'saas':7}}}}
            """);

    InvalidDataException refused =
        catchThrowableOfType(InvalidDataException.class, () -> campaigns.create(bad));

    assertThat(refused.findings())
        .extracting(Finding::column)
        .containsExactlyInAnyOrder(
            "settings.opportunityWeights.luck",
            "settings.opportunityWeights.need",
            "settings.opportunityWeights.room",
            "settings.opportunityWeights.payment",
            "settings.plan.colour",
            "settings.plan.ownQuality",
            "settings.plan.serviceWorth",
            "settings.plan.outsideShare",
            "settings.plan.rivalPrices",
            "settings.plan.priceSensitivity",
            "settings.plan.satisfactionWeights",
            "settings.plan.pricingModels.free",
            "settings.plan.pricingModels.saas",
            "settings.plan.pricingModels.api.taste",
            "settings.plan.pricingModels.api.worth",
            "settings.plan.pricingModels.api.collected",
            "settings.plan.pricingModels.api.cost",
            "settings.plan.pricingModels.api.quality",
            "settings.plan.pricingModels.api.liking");
    assertThat(refused.findings())
        .extracting(f -> f.message().en())
        .contains(
            "campaign.json, column settings.plan.priceSensitivity: found “0”, expected a number"
                + " between 0.1 and 10.",
            "campaign.json, column settings.opportunityWeights.payment: found nothing, expected a"
                + " number of 0 or more; name all of need, room, growth, payment.",
            "campaign.json, column settings.plan.satisfactionWeights: found"
                + " “{\"service\":0,\"price\":0,\"payment\":0}”, expected at least one weight above"
                + " 0.");
    assertThat(campaigns.find("wrong-assumptions")).isEmpty();
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
