package io.channelwise.probability;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import java.util.regex.Pattern;

/** How one number is read from a cell. Plain data, so that a model can be stored. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "reading")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Reading.Value.class, name = "value"),
  @JsonSubTypes.Type(value = Reading.Logarithm.class, name = "logarithm"),
  @JsonSubTypes.Type(value = Reading.Positive.class, name = "positive"),
  @JsonSubTypes.Type(value = Reading.Missing.class, name = "missing"),
  @JsonSubTypes.Type(value = Reading.Category.class, name = "category"),
  @JsonSubTypes.Type(value = Reading.OtherCategory.class, name = "other-category")
})
sealed interface Reading {
  Pattern NUMBER = Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");

  /**
   * @param cell cleaned; null where it is missing
   */
  double of(String cell);

  /** Whether what it holds gives a finite number for every cell. */
  @JsonIgnore
  default boolean isUsable() {
    return true;
  }

  /** The number itself; what is none is taken for the mean. */
  record Value(double mean) implements Reading {
    @Override
    public double of(String cell) {
      return number(cell, mean);
    }

    @Override
    public boolean isUsable() {
      return Double.isFinite(mean);
    }
  }

  /**
   * log(1 + x / scale); what was below 0 in no training row is taken for 0.
   *
   * @param filled for a missing cell
   */
  record Logarithm(double scale, double filled) implements Reading {
    @Override
    public double of(String cell) {
      return cell == null ? filled : StrictMath.log1p(Math.max(0, number(cell, 0)) / scale);
    }

    @Override
    public boolean isUsable() {
      return scale > 0 && Double.isFinite(scale) && Double.isFinite(filled);
    }
  }

  /** Whether the number is above 0. */
  record Positive() implements Reading {
    @Override
    public double of(String cell) {
      return number(cell, 0) > 0 ? 1 : 0;
    }
  }

  /** Whether the cell is missing. */
  record Missing() implements Reading {
    @Override
    public double of(String cell) {
      return cell == null ? 1 : 0;
    }
  }

  /** Whether the cell is this text. */
  record Category(String text) implements Reading {
    @Override
    public double of(String cell) {
      return text.equals(cell) ? 1 : 0;
    }
  }

  /** Whether the cell is a text beside the frequent ones. */
  record OtherCategory(List<String> frequent) implements Reading {
    public OtherCategory {
      frequent = List.copyOf(frequent);
    }

    @Override
    public double of(String cell) {
      return cell != null && !frequent.contains(cell) ? 1 : 0;
    }
  }

  private static double number(String cell, double otherwise) {
    if (cell == null || !NUMBER.matcher(cell).matches()) {
      return otherwise;
    }
    double number = Double.parseDouble(cell);
    return Double.isFinite(number) ? number : otherwise;
  }
}
