package io.channelwise.campaign;

import io.channelwise.campaign.Briefing.Figure;
import io.channelwise.campaign.Briefing.Source;
import io.channelwise.campaign.Briefing.Table;
import io.channelwise.campaign.ReportContent.Cycle;
import io.channelwise.campaign.ReportContent.Section;
import io.channelwise.domain.DomainConfiguration;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Composes the sections of all domains into a campaign's report. Thread-safe. */
@Service
public class ReportService {
  private static final int FIGURES_OF_A_SECTION = 4;

  private final CampaignService campaigns;
  private final ImportService imports;
  private final BriefingService briefings;
  private final List<ReportContributor> contributors;
  private final ReportRepository repository;
  private final Clock clock;

  ReportService(
      CampaignService campaigns,
      ImportService imports,
      BriefingService briefings,
      List<ReportContributor> contributors,
      ReportRepository repository,
      Clock clock) {
    this.campaigns = campaigns;
    this.imports = imports;
    this.briefings = briefings;
    this.contributors =
        contributors.stream().sorted(Comparator.comparingInt(ReportContributor::order)).toList();
    this.repository = repository;
    this.clock = clock;
  }

  /** Id of the briefing for the decision on another cycle. */
  public static String briefingId(String campaignKey, int cycle) {
    return campaignKey + "/" + cycle + "/campaign.report";
  }

  /**
   * Writes the report of all cycles up to this one, in place of an earlier one of the same cycle,
   * and the briefing for the decision on another cycle.
   *
   * @param outcome e.g. {@code completed}, {@code cancelled}
   * @throws UnknownCampaignException when there is no such campaign
   */
  @Transactional(DomainConfiguration.DOMAIN_TRANSACTIONS)
  public Report write(String campaignKey, int cycle, String outcome) {
    Campaign campaign = campaigns.require(campaignKey);
    List<Cycle> cycles = new ArrayList<>();
    for (int past = cycle; past >= 1; past--) {
      cycles.add(new Cycle(past, sections(campaignKey, past)));
    }
    ReportContent content =
        new ReportContent(
            campaign,
            cycle,
            outcome,
            clock.instant().truncatedTo(ChronoUnit.MICROS),
            cycles,
            imports.imports(campaignKey));
    UUID id =
        UUID.nameUUIDFromBytes(
            ("report\n" + campaignKey + "\n" + cycle).getBytes(StandardCharsets.UTF_8));
    repository.upsert(
        id, content, new ReportHtml(content, false).page(), new ReportHtml(content, true).page());
    briefings.save(briefingId(campaignKey, cycle), briefing(content));
    return repository.find(campaignKey, cycle).orElseThrow();
  }

  private List<Section> sections(String campaignKey, int cycle) {
    List<Section> sections = new ArrayList<>();
    for (ReportContributor contributor : contributors) {
      contributor
          .section(campaignKey, cycle)
          .ifPresent(briefing -> sections.add(new Section(contributor.order(), briefing)));
    }
    return sections;
  }

  private static Briefing briefing(ReportContent content) {
    List<Section> sections = content.cycles().get(0).sections();
    List<Figure> figures = new ArrayList<>();
    List<List<Object>> steps = new ArrayList<>();
    for (Section section : sections) {
      Briefing step = section.briefing();
      step.figures().stream()
          .limit(FIGURES_OF_A_SECTION)
          .forEach(figure -> figures.add(figure.from(step.sourcesOf(figure))));
      steps.add(List.of(step.title(), step.summary()));
    }
    return new Briefing(
        new Text("Cycle " + content.cycle(), "第 " + content.cycle() + " 轮"),
        new Text(
            "%d of the steps have results; the whole report is at /api/campaigns/%s/report."
                .formatted(sections.size(), content.campaign().key()),
            "%d 个步骤已有结果；完整报告见 /api/campaigns/%s/report。"
                .formatted(sections.size(), content.campaign().key())),
        figures,
        List.of(
            new Table(
                new Text("What happened", "经过"),
                List.of(new Text("Step", "步骤"), new Text("Result", "结果")),
                steps)),
        List.of(),
        List.of(
            new Source(
                "report/%s/%d".formatted(content.campaign().key(), content.cycle()),
                new Text("The whole report", "完整报告"),
                Sources.path("api", "campaigns", content.campaign().key(), "report")
                    + "?"
                    + Sources.query(Map.of("cycle", Integer.toString(content.cycle()))))));
  }

  public Optional<Report> find(String campaignKey, int cycle) {
    return repository.find(campaignKey, cycle);
  }

  /** The report of the newest cycle that has one. */
  public Optional<Report> latest(String campaignKey) {
    return repository.latest(campaignKey);
  }
}
