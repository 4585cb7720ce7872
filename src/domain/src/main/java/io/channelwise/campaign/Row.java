package io.channelwise.campaign;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;

/**
 * One checked row of a CSV table; getters return null for an absent optional value.
 *
 * @param line line in the file where the row starts, counted from 1, the header included
 * @param values by English column name, in the Java type of {@link TableSpec.Type}
 */
public record Row(long line, Map<String, Object> values) {

  public String text(String column) {
    return (String) values.get(column);
  }

  public Double number(String column) {
    return (Double) values.get(column);
  }

  public Long integer(String column) {
    return (Long) values.get(column);
  }

  public Boolean bool(String column) {
    return (Boolean) values.get(column);
  }

  public LocalDate date(String column) {
    return (LocalDate) values.get(column);
  }

  public Instant timestamp(String column) {
    return (Instant) values.get(column);
  }
}
