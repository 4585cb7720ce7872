package io.channelwise.research;

import io.channelwise.campaign.Row;
import io.channelwise.campaign.TableLoader;
import io.channelwise.campaign.TableSpec;
import io.channelwise.campaign.TableSpec.Column;
import io.channelwise.campaign.TableSpec.Type;
import io.channelwise.campaign.Text;
import java.util.Iterator;
import java.util.List;
import org.springframework.stereotype.Component;

/** Loads {@code competitors.csv}: one row a market, competitor and period. Thread-safe. */
@Component
class CompetitorsLoader implements TableLoader {
  private static final TableSpec SPEC =
      new TableSpec(
          "competitors",
          new Text("Competitors", "竞争数据"),
          List.of(
              Column.required("market", "市场", Type.TEXT).in("survey.market"),
              Column.required("competitor", "竞争对手", Type.TEXT),
              Column.required("market_share", "市场占有率", Type.SHARE),
              Column.required("price", "价格", Type.NUMBER).atLeast(0),
              Column.optional("strength", "优势", Type.TEXT),
              Column.optional("weakness", "劣势", Type.TEXT),
              Column.optional("period", "时期", Type.PERIOD)),
          List.of("market", "competitor", "period"),
          true);

  private final ResearchDataRepository repository;

  CompetitorsLoader(ResearchDataRepository repository) {
    this.repository = repository;
  }

  @Override
  public TableSpec spec() {
    return SPEC;
  }

  @Override
  public long load(String campaignKey, Iterator<Row> rows) {
    return repository.replaceCompetitors(campaignKey, rows);
  }
}
