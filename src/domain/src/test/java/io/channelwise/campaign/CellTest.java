package io.channelwise.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import io.channelwise.campaign.TableSpec.Choice;
import io.channelwise.campaign.TableSpec.Column;
import io.channelwise.campaign.TableSpec.Type;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CellTest {
  private static final Column NUMBER = Column.required("n", "数", Type.NUMBER);
  private static final Column SHARE = Column.required("s", "占比", Type.SHARE);

  private static Object value(Column column, String text) {
    Cell cell = Cell.of(column, text);
    assertThat(cell).as(text).isInstanceOf(Cell.Value.class);
    return ((Cell.Value) cell).value();
  }

  private static Text wrong(Column column, String text) {
    Cell cell = Cell.of(column, text);
    assertThat(cell).as(text).isInstanceOf(Cell.Wrong.class);
    return ((Cell.Wrong) cell).expected();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"12.5|12.5", " 7 |7", "1,234,567.5|1234567.5", "-3e2|-300", "１２．５|12.5", ".5|0.5"})
  void shouldReadNumbers(String text, double expected) {
    assertThat(value(NUMBER, text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"NaN", "Infinity", "-inf", "1e999", "1,23", "0x10", "12d", "twelve", "1 2", "--1"})
  void shouldRefuseWhatIsNoFiniteNumber(String text) {
    assertThat(wrong(NUMBER, text).en()).isEqualTo("a number");
  }

  @ParameterizedTest
  @CsvSource({"0.12, 0.12", "12%, 0.12", "12 %, 0.12", "12％, 0.12", "1, 1", "0, 0", "100%, 1"})
  void shouldReadShares(String text, double expected) {
    assertThat((Double) value(SHARE, text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.01", "12", "101%", "-1%", "NaN%", "%", "a%"})
  void shouldRefuseWhatIsNoShare(String text) {
    assertThat(wrong(SHARE, text).en()).contains("0 to 1");
  }

  @Test
  void shouldCheckTheRange() {
    assertThat(wrong(NUMBER.atLeast(0), "-0.1").en()).isEqualTo("a number of at least 0");
    assertThat(wrong(NUMBER.between(1, 5), "6").zh()).isEqualTo("1 至 5 之间的数");
    assertThat(value(NUMBER.between(1, 5), "5")).isEqualTo(5.0);
  }

  @Test
  void shouldReadWholeNumbersOnly() {
    Column column = Column.optional("i", "整", Type.INTEGER);
    assertThat(value(column, "42")).isEqualTo(42L);
    assertThat(value(column, " ")).isNull();
    for (String text : List.of("4.2", "99999999999999999999", "1e3")) {
      wrong(column, text);
    }
  }

  @ParameterizedTest
  @CsvSource({"1, true", "YES, true", "是, true", "False, false", "0, false", "否, false"})
  void shouldReadBooleans(String text, boolean expected) {
    assertThat(value(Column.required("b", "是否", Type.BOOLEAN), text)).isEqualTo(expected);
  }

  @Test
  void shouldReadDatesAndTimes() {
    Column date = Column.required("d", "日", Type.DATE);
    Column time = Column.required("t", "时间", Type.TIMESTAMP);
    assertThat(value(date, "2026-03-01")).isEqualTo(LocalDate.of(2026, 3, 1));
    assertThat(value(date, "2026年3月1日")).isEqualTo(LocalDate.of(2026, 3, 1));
    assertThat(value(time, "2026-03-01")).isEqualTo(Instant.parse("2026-03-01T00:00:00Z"));
    assertThat(value(time, "2026-03-01 08:30:00")).isEqualTo(Instant.parse("2026-03-01T08:30:00Z"));
    assertThat(value(time, "2026-03-01T08:30:00+08:00"))
        .isEqualTo(Instant.parse("2026-03-01T00:30:00Z"));
    assertThat(value(time, "2026/03/01 08:30")).isEqualTo(Instant.parse("2026-03-01T08:30:00Z"));
    wrong(date, "2026-02-30");
    wrong(date, "2026-03");
    wrong(time, "yesterday");
    wrong(time, "2026-03-01T25:00:00Z");
  }

  @Test
  void shouldStoreAChoiceInEnglish_whateverTheLanguage() {
    Column kind =
        Column.required("type", "类型", Type.TEXT)
            .oneOf(new Choice("view", "浏览"), new Choice("click", "点击"));
    assertThat(value(kind, "点击")).isEqualTo("click");
    assertThat(value(kind, "View")).isEqualTo("view");
    assertThat(wrong(kind, "hover")).isEqualTo(new Text("one of view, click", "以下之一：浏览、点击"));
  }

  @Test
  void shouldAskForARequiredValue() {
    assertThat(wrong(NUMBER, "  ").en()).isEqualTo("a value: a number");
  }

  @Test
  void shouldRefuseACharacterThatPostgresqlCannotStore() {
    wrong(Column.required("t", "文", Type.TEXT), "a\0b");
  }
}
