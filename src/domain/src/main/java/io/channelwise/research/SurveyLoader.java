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

/** Loads {@code survey.csv}: one row a respondent and market. Thread-safe. */
@Component
class SurveyLoader implements TableLoader {
  private static final TableSpec SPEC =
      new TableSpec(
          "survey",
          new Text("Survey", "调研数据"),
          List.of(
              Column.required("market", "市场", Type.TEXT),
              Column.required("respondent", "受访者", Type.TEXT),
              Column.required("need", "需求", Type.BOOLEAN),
              Column.optional("pain_point", "痛点", Type.TEXT),
              Column.optional("willingness_to_pay", "支付意愿", Type.NUMBER).atLeast(0),
              Column.optional("segment", "用户群", Type.TEXT)),
          List.of("market", "respondent"),
          true);

  private final ResearchDataRepository repository;

  SurveyLoader(ResearchDataRepository repository) {
    this.repository = repository;
  }

  @Override
  public TableSpec spec() {
    return SPEC;
  }

  @Override
  public long load(String campaignKey, Iterator<Row> rows) {
    return repository.replaceSurvey(campaignKey, rows);
  }
}
