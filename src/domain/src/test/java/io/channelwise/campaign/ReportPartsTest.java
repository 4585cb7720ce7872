package io.channelwise.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import io.channelwise.campaign.Briefing.Chart;
import io.channelwise.campaign.Briefing.Series;
import java.io.StringReader;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

class ReportPartsTest {
  private static final Text NAME = new Text("Name <1>", "名称");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0.61666|%|61.7 %",
        "1|%|100 %",
        "60000|CNY|60,000 CNY",
        "1234567.8||1,234,568",
        "12.3456||12.35",
        "0.00004||4e-5",
        "6.66e-15||6.7e-15",
        "-0.00099||-0.001",
        "0.0004|%|0.04 %",
        "0.00000012|%|1.2e-5 %",
        "1234567890123456789||1.235e18",
        "-0.5||-0.5",
        "1e-300||1e-300",
        "0||0",
        "999.96||1,000"
      })
  void shouldWriteNumbersAsPeopleReadThem(double value, String unit, String expected) {
    assertThat(NumberText.of(value, unit == null ? "" : unit, false)).isEqualTo(expected);
  }

  @Test
  void shouldWriteWordsAndAbsence() {
    assertThat(NumberText.of(null, "%", false)).isEqualTo("–");
    assertThat(NumberText.of(Double.NaN, "", false)).isEqualTo("–");
    assertThat(NumberText.of(true, "", true)).isEqualTo("是");
    assertThat(NumberText.of(12_345L, "", false)).isEqualTo("12,345");
    assertThat(NumberText.of("as it is", "%", false)).isEqualTo("as it is");
    assertThat(NumberText.of(NAME, "", true)).isEqualTo("名称");
    // As it comes back from the database.
    assertThat(NumberText.of(Map.of("en", "Name", "zh", "名称"), "", true)).isEqualTo("名称");
    assertThat(NumberText.of(Map.of("en", "Name", "zh", "名称"), "", false)).isEqualTo("Name");
  }

  @Test
  void shouldEscapeForHtml() {
    assertThat(Html.escape("<a href=\"x\">'&\u0001\n"))
        .isEqualTo("&lt;a href=&quot;x&quot;&gt;&#39;&amp;\n");
  }

  private static Element parse(Chart chart) throws Exception {
    String svg = new ChartSvg(chart, false).svg();
    assertThat(svg).doesNotContain("NaN", "Infinity");
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(svg)))
        .getDocumentElement();
  }

  @SafeVarargs
  private static Chart chart(String kind, int labels, List<Double>... values) {
    return new Chart(
        NAME,
        kind,
        Collections.nCopies(labels, NAME),
        Arrays.stream(values).map(v -> new Series(NAME, v)).toList());
  }

  @Test
  void shouldDrawABarForEachValue_alsoBelowZero_butNotForWhatIsMissing() throws Exception {
    Element svg = parse(chart("bar", 4, Arrays.asList(1.0, -2.0, null, Double.NaN)));

    assertThat(svg.getElementsByTagName("rect").getLength()).isEqualTo(2);
    assertThat(svg.getAttribute("aria-label")).isEqualTo("Name <1>");
  }

  @Test
  void shouldDrawLinesAndPoints() throws Exception {
    Element lines = parse(chart("line", 3, List.of(1.0, 2.0, 3.0), List.of(5.0, 5.0, 5.0)));
    Element points = parse(chart("scatter", 2, List.of(0.1, 0.1), List.of(1e6, 1e6)));

    assertThat(lines.getElementsByTagName("polyline").getLength()).isEqualTo(2);
    assertThat(points.getElementsByTagName("circle").getLength()).isEqualTo(2);
  }

  @Test
  void shouldDrawSomething_whenThereIsNothingToDraw() throws Exception {
    parse(chart("bar", 0));
    parse(chart("line", 1, List.of(Double.NaN)));
    parse(chart("scatter", 1, List.of(1.0)));
    parse(chart("bar", 2, List.of(0.0, 0.0)));
    parse(chart("line", 60, Collections.nCopies(60, 1e-12)));
  }
}
