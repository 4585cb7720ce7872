package io.channelwise.research;

import io.channelwise.campaign.Finding;
import io.channelwise.campaign.InvalidDataException;
import io.channelwise.campaign.Row;
import io.channelwise.campaign.TableLoader;
import io.channelwise.campaign.TableSpec;
import io.channelwise.campaign.TableSpec.Column;
import io.channelwise.campaign.TableSpec.Type;
import io.channelwise.campaign.Text;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/**
 * Loads {@code survey.csv}: one row a respondent and market. {@code segment_population} is the size
 * of the respondent's segment in the market, in any unit (people, firms, per cent), the same in
 * each row of the segment; answers are weighted by it. Thread-safe.
 */
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
              Column.optional("segment", "用户群", Type.TEXT),
              Column.optional("segment_population", "用户群规模", Type.NUMBER).atLeast(0)),
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
    return repository.replaceSurvey(campaignKey, new OneSizeASegment(rows));
  }

  /** Refuses rows that give one segment two sizes. */
  private static final class OneSizeASegment implements Iterator<Row> {
    private record Segment(String market, String name) {}

    private record Size(double population, long line) {}

    private final Iterator<Row> rows;
    private final Map<Segment, Size> sizes = new HashMap<>();

    OneSizeASegment(Iterator<Row> rows) {
      this.rows = rows;
    }

    @Override
    public boolean hasNext() {
      return rows.hasNext();
    }

    @Override
    public Row next() {
      Row row = rows.next();
      Double population = row.number("segment_population");
      if (population != null) {
        Segment segment = new Segment(row.text("market"), row.text("segment"));
        Size size = new Size(population, row.line());
        Size before = sizes.putIfAbsent(segment, size);
        if (before != null && before.population() != population) {
          throw contradiction(row, population, before);
        }
      }
      return row;
    }

    private static InvalidDataException contradiction(Row row, double found, Size before) {
      String expected =
          "%s as in row %d, one size for each segment of a market"
              .formatted(plain(before.population()), before.line());
      return new InvalidDataException(
          List.of(
              new Finding(
                  "survey.csv",
                  row.line(),
                  "segment_population",
                  plain(found),
                  expected,
                  new Text(
                      "survey.csv, row %d, column segment_population: found “%s”, expected %s."
                          .formatted(row.line(), plain(found), expected),
                      "survey.csv，第 %d 行，列 用户群规模：实际为“%s”，应为 %s（与第 %d 行一致，同一市场的同一用户群只有一个规模）。"
                          .formatted(
                              row.line(),
                              plain(found),
                              plain(before.population()),
                              before.line())))),
          0);
    }

    private static String plain(double number) {
      return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
    }
  }
}
