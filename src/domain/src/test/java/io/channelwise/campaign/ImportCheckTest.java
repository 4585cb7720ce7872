package io.channelwise.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import io.channelwise.campaign.TableSpec.Column;
import io.channelwise.campaign.TableSpec.Type;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImportCheckTest {
  private static final TableSpec SURVEY =
      new TableSpec(
          "survey",
          new Text("Survey", "调研数据"),
          List.of(
              Column.required("market", "市场", Type.TEXT),
              Column.required("respondent", "受访者", Type.TEXT),
              Column.required("need", "需求", Type.BOOLEAN),
              Column.optional("pain_point", "痛点", Type.TEXT),
              Column.optional("willingness_to_pay", "支付意愿", Type.NUMBER).atLeast(0)),
          List.of("market", "respondent"),
          true);
  private static final TableSpec CHANNELS =
      new TableSpec(
          "channels",
          new Text("Channels", "渠道资源"),
          List.of(
              Column.required("channel", "渠道", Type.TEXT),
              Column.optional("market", "市场", Type.TEXT).in("survey.market"),
              Column.optional("parent", "上级渠道", Type.TEXT).in("channels.channel")),
          List.of("channel"),
          true);
  private static final TableSpec MATERIALS =
      new TableSpec(
          "materials",
          new Text("Materials", "宣传材料"),
          List.of(
              Column.required("material", "宣传材料", Type.TEXT),
              Column.optional("channel", "推广渠道", Type.TEXT).in("channels.channel")),
          List.of("material"),
          false);

  private static final String GOOD_SURVEY = "market,respondent,need\nretail,r1,yes\n";
  private static final String GOOD_CHANNELS = "channel,market\nforum,retail\n";

  @TempDir Path folder;

  /** Keeps what it is given. */
  private record Memory(TableSpec spec, List<Row> rows) implements TableLoader {
    @Override
    public long load(String campaignKey, Iterator<Row> loaded) {
      loaded.forEachRemaining(rows::add);
      return rows.size();
    }
  }

  private static TableCatalog catalog(TableSpec... specs) {
    return new TableCatalog(
        Arrays.stream(specs).<TableLoader>map(s -> new Memory(s, new ArrayList<>())).toList());
  }

  private SourceFile file(String name, String text) throws IOException {
    return file(name, text.getBytes(StandardCharsets.UTF_8));
  }

  private SourceFile file(String name, byte[] bytes) throws IOException {
    return new SourceFile(name, Files.write(folder.resolve(name), bytes));
  }

  private CheckResult check(SourceFile... files) {
    return check(ImportLimits.DEFAULT, files);
  }

  private CheckResult check(ImportLimits limits, SourceFile... files) {
    return new ImportCheck(catalog(SURVEY, CHANNELS, MATERIALS), limits, ImportCheck.Stored.NOTHING)
        .run(List.of(files));
  }

  private CheckResult survey(String text) throws IOException {
    return check(file("survey.csv", text), file("channels.csv", "channel\nforum\n"));
  }

  private static List<String> places(CheckResult result) {
    return result.findings().stream()
        .map(f -> "%s:%d:%s".formatted(f.file(), f.row(), f.column()))
        .toList();
  }

  private List<Row> rows(String name, byte[] bytes) throws Exception {
    Findings findings = new Findings(10);
    CsvTable table =
        CsvTable.open(file(name, bytes), SURVEY, ImportLimits.DEFAULT, findings).orElseThrow();
    List<Row> rows = new ArrayList<>();
    try (RowIterator iterator = new RowIterator(table, ImportLimits.DEFAULT)) {
      iterator.forEachRemaining(rows::add);
    }
    return rows;
  }

  @Test
  void shouldFindNothing_inGoodFiles() throws IOException {
    CheckResult result =
        check(file("survey.csv", GOOD_SURVEY), file("channels.csv", GOOD_CHANNELS));

    assertThat(result.findings()).isEmpty();
    assertThat(result.tables()).extracting(ImportedTable::rows).containsExactly(1L, 1L);
  }

  @ParameterizedTest
  @ValueSource(strings = {",", ";", "\t"})
  void shouldDetectTheDelimiter_withChineseHeadersInAnyOrder(String delimiter) throws Exception {
    String text =
        String.join(delimiter, "需求", "支付意愿", "市场", "受访者", "痛点")
            + "\r\n"
            + String.join(delimiter, "是", "12.5", "零售", "r1", "\"太慢" + delimiter + "\n太贵\"")
            + "\r\n\r\n"
            + String.join(delimiter, "否", "", "零售", "r2", "")
            + "\r\n";

    List<Row> rows = rows("survey.csv", text.getBytes(StandardCharsets.UTF_8));

    assertThat(rows).extracting(Row::line).containsExactly(2L, 5L);
    Row first = rows.get(0);
    assertThat(first.bool("need")).isTrue();
    assertThat(first.number("willingness_to_pay")).isEqualTo(12.5);
    assertThat(first.text("market")).isEqualTo("零售");
    assertThat(first.text("pain_point")).isEqualTo("太慢" + delimiter + "\n太贵");
    assertThat(rows.get(1).text("pain_point")).isNull();
  }

  @Test
  void shouldReadUtf8WithMark_gb18030_andUtf16() throws Exception {
    String text = "市场,受访者,需求,痛点\n零售,张三,是,客服等待时间太长，晚上没有人回答\n";

    byte[] marked = ("\uFEFF" + text).getBytes(StandardCharsets.UTF_8);
    byte[] gb = text.getBytes(Charset.forName("GB18030"));
    byte[] utf16 = ("\uFEFF" + text).getBytes(StandardCharsets.UTF_16LE);

    assertThat(rows("a.csv", marked)).isEqualTo(rows("b.csv", gb)).isEqualTo(rows("c.csv", utf16));
    assertThat(rows("b.csv", gb).get(0).text("respondent")).isEqualTo("张三");
  }

  @Test
  void shouldDetectShortGb18030() throws Exception {
    byte[] gb = "market,respondent,need\n零售,r1,yes\n".getBytes(Charset.forName("GB18030"));

    assertThat(rows("survey.csv", gb).get(0).text("market")).isEqualTo("零售");
  }

  @Test
  void shouldNameTheRow_whenOneByteOfUtf8IsBroken() throws IOException {
    byte[] bytes = "市场,受访者,需求\n零售,张三,是\n零售,李四X,否\n医疗,王五,是\n".getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == 'X') {
        bytes[i] = (byte) 0xC3;
      }
    }

    CheckResult result = check(file("survey.csv", bytes), file("channels.csv", "channel\nf\n"));

    assertThat(places(result)).containsExactly("survey.csv:3:");
    assertThat(result.findings().get(0).found()).isEqualTo("bytes 0xC3");
  }

  @Test
  void shouldRefuseLatin1() throws IOException {
    byte[] bytes =
        "market,respondent,need\nénergie,rené,yes\nsanté,andré,no\n"
            .getBytes(StandardCharsets.ISO_8859_1);

    CheckResult result = check(file("survey.csv", bytes), file("channels.csv", "channel\nf\n"));

    assertThat(result.findings())
        .isNotEmpty()
        .allSatisfy(f -> assertThat(f.expected()).isEqualTo("text in UTF-8 or GB18030"));
    assertThat(result.findings().get(0).row()).isEqualTo(2);
  }

  @Test
  void shouldNameMissingFiles_butNotOptionalOnes() throws IOException {
    CheckResult result = check(file("materials.csv", "material\nm1\n"));

    assertThat(places(result)).containsExactly("channels.csv:0:", "survey.csv:0:");
    assertThat(result.findings().get(1).message().zh()).contains("文件 survey.csv（调研数据）");
  }

  @Test
  void shouldRefuseAnUnknownFile_aRepeatedOne_andAWorkbook() throws IOException {
    CheckResult result =
        check(
            file("channels.csv", GOOD_CHANNELS),
            file("survey.csv", GOOD_SURVEY),
            new SourceFile("folder\\SURVEY.CSV", folder.resolve("survey.csv")),
            file("surveys.csv", "a\n1\n"),
            file("materials.csv", new byte[] {'P', 'K', 3, 4, 0, 0}));

    assertThat(places(result))
        .containsExactly("SURVEY.CSV:0:", "surveys.csv:0:", "materials.csv:0:");
    assertThat(result.findings().get(1).expected())
        .isEqualTo("one of channels.csv, materials.csv, survey.csv");
  }

  @Test
  void shouldTakeAChineseFileName() throws IOException {
    assertThat(check(file("调研数据.csv", GOOD_SURVEY), file("渠道资源.csv", GOOD_CHANNELS)).findings())
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\uFEFF", "\n \n", "market,respondent,need\n"})
  void shouldRefuseAnEmptyFile(String text) throws IOException {
    CheckResult result = survey(text);

    assertThat(places(result)).containsExactly("survey.csv:0:");
    assertThat(result.findings().get(0).expected()).isEqualTo("a header and at least one row");
  }

  @Test
  void shouldReportEveryMissingColumn_andARepeatedOne() throws IOException {
    assertThat(places(survey("market,city\nretail,x\n")))
        .containsExactly("survey.csv:1:respondent", "survey.csv:1:need");
    assertThat(places(survey("market,respondent,need,市场\nretail,r1,1,a\n")))
        .containsExactly("survey.csv:1:市场");
  }

  @Test
  void shouldIgnoreUnknownColumns_andSaySo() throws IOException {
    CheckResult result = survey("market,city,respondent,need\nretail,x,r1,1\n");

    assertThat(result.findings()).isEmpty();
    assertThat(result.tables().get(0).ignoredColumns()).containsExactly("city");
  }

  @Test
  void shouldReportEveryBadCellWithRowAndColumn() throws IOException {
    CheckResult result =
        survey(
            """
            市场,受访者,需求,支付意愿
            retail,r1,maybe,-1
            ,r2,1,NaN
            retail,r3,1
            retail,r4,1,5,extra
            retail,r5,0,Infinity
            retail,r6,1,7
            retail,r6,0,8
            """);

    assertThat(places(result))
        .containsExactly(
            "survey.csv:2:需求",
            "survey.csv:2:支付意愿",
            "survey.csv:3:市场",
            "survey.csv:3:支付意愿",
            "survey.csv:4:",
            "survey.csv:5:",
            "survey.csv:6:支付意愿",
            "survey.csv:8:market + respondent");
    assertThat(result.findings().get(0).message().en())
        .isEqualTo("survey.csv, row 2, column 需求: found “maybe”, expected 1 or 0, yes or no.");
    assertThat(result.findings().get(4).found()).isEqualTo("3 cells");
    assertThat(result.findings().get(7).message().en()).contains("row 7 has it already");
  }

  @Test
  void shouldCountRowsByLine_behindMultiLineCells() throws IOException {
    CheckResult result =
        survey("market,respondent,need,pain_point\nretail,r1,1,\"a\nb\nc\"\nretail,r2,perhaps,x\n");

    assertThat(places(result)).containsExactly("survey.csv:5:need");
  }

  @Test
  void shouldNameTheRow_whenAQuotationMarkIsNotClosed() throws IOException {
    CheckResult result =
        survey("market,respondent,need\nretail,r1,1\nretail,\"r2,1\nretail,r3,1\n");

    assertThat(places(result)).containsExactly("survey.csv:3:");
    assertThat(result.findings().get(0).expected()).contains("quotation mark closed");
  }

  @Test
  void shouldRefuseUnknownNamesAcrossFiles_oncePerName() throws IOException {
    CheckResult result =
        check(
            file("survey.csv", GOOD_SURVEY),
            file("channels.csv", "channel,market,parent\na,retail,\nb,mars,a\nc,mars,z\n"),
            file("materials.csv", "material,channel\nm1,a\nm2,q\n"));

    assertThat(places(result))
        .containsExactly(
            "channels.csv:3:market", "channels.csv:4:parent", "materials.csv:3:channel");
    assertThat(result.findings().get(0).message().en())
        .isEqualTo(
            "channels.csv, row 3, column market: found “mars”, expected a market of survey.csv:"
                + " retail.");
  }

  @Test
  void shouldCheckAgainstWhatIsStored_whenOnlySomeFilesAreBrought() throws IOException {
    ImportCheck.Stored stored =
        new ImportCheck.Stored() {
          @Override
          public Set<String> tables() {
            return Set.of("survey", "channels", "materials");
          }

          @Override
          public Set<String> references(String table, String column) {
            return switch (table + "." + column) {
              case "survey.market" -> Set.of("retail");
              case "channels.channel" -> Set.of("forum", "shop");
              case "materials.channel" -> Set.of("shop");
              default -> Set.of();
            };
          }
        };

    CheckResult result =
        new ImportCheck(catalog(SURVEY, CHANNELS, MATERIALS), ImportLimits.DEFAULT, stored)
            .run(List.of(file("channels.csv", "channel,market\nforum,retail\npress,mars\n")));

    assertThat(places(result)).containsExactly("channels.csv:3:market", "channels.csv:0:channel");
    assertThat(result.findings().get(1).message().en())
        .contains("channel “shop”, which materials.csv, brought earlier, refers to");
  }

  @Test
  void shouldKeepFindingsBounded_andCountTheRest() throws IOException {
    StringBuilder text = new StringBuilder("market,respondent,need\n");
    for (int i = 0; i < 500; i++) {
      text.append("retail,r").append(i).append(",perhaps\n");
    }

    CheckResult result = survey(text.toString());

    assertThat(result.findings()).hasSize(200);
    assertThat(result.further()).isEqualTo(300);
  }

  @Test
  void shouldRefuseLongCells_longLines_andLargeFiles() throws IOException {
    ImportLimits limits = new ImportLimits(10_000, 100, 200);
    SourceFile channels = file("channels.csv", "channel\nf\n");
    String header = "market,respondent,need,pain_point\n";

    assertThat(
            places(
                check(
                    limits,
                    file("survey.csv", header + "a,r1,1," + "x".repeat(101) + "\n"),
                    channels)))
        .containsExactly("survey.csv:2:pain_point");
    assertThat(
            places(
                check(
                    limits,
                    file("survey.csv", header + "a,r1,1," + "x".repeat(1001) + "\n"),
                    channels)))
        .containsExactly("survey.csv:2:");
    assertThat(
            places(check(limits, file("survey.csv", header + "a,r1,1,x\n".repeat(2000)), channels)))
        .containsExactly("survey.csv:0:");
  }

  @Test
  void shouldLoadReferredTablesFirst() {
    assertThat(catalog(CHANNELS, MATERIALS, SURVEY).loadOrder())
        .containsExactly("survey", "channels", "materials");
  }
}
