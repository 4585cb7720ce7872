package io.channelwise.bert.training;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * One setting of a training: its name, its default and its range. What is checked, compared, copied
 * and written into checkpoints is the list of these, so none can be forgotten.
 *
 * @param name as messages and checkpoints say it
 * @param initial value when nobody chooses one
 * @param decides whether it decides the result; a resumed run must then have the same value
 * @param check returns the value to hold, or throws {@link IllegalArgumentException}
 */
record Knob<T>(String name, T initial, boolean decides, UnaryOperator<T> check) {

  static Knob<Integer> whole(String name, int initial, int low, int high) {
    return new Knob<>(name, initial, true, value -> inRange(name, value, low, high));
  }

  static Knob<Double> number(String name, double initial, double low, double high) {
    return new Knob<>(name, initial, true, value -> inRange(name, value, low, high));
  }

  /** Above 0 and at most the limit, {@link Double#MAX_VALUE} for none. */
  static Knob<Double> positive(String name, double initial, double high) {
    return new Knob<>(
        name,
        initial,
        true,
        value -> {
          if (!(value > 0 && value <= high)) {
            throw wrong(
                name,
                value,
                "above 0" + (high < Double.MAX_VALUE ? " and at most " + text(high) : ""));
          }
          return value;
        });
  }

  static Knob<Boolean> flag(String name) {
    return new Knob<>(name, false, true, UnaryOperator.identity());
  }

  static <E extends Enum<E>> Knob<E> choice(String name, E initial) {
    return new Knob<>(
        name,
        initial,
        true,
        value -> {
          if (value == null) {
            throw wrong(name, null, orList(words(initial)));
          }
          return value;
        });
  }

  static Knob<String> word(String name, String initial, List<String> allowed) {
    return text(name, initial, allowed::contains, orList(allowed));
  }

  static Knob<String> text(String name, String initial, Predicate<String> fits, String expected) {
    return new Knob<>(
        name,
        initial,
        true,
        value -> {
          if (value == null || !fits.test(value)) {
            throw wrong(name, value, expected);
          }
          return value;
        });
  }

  /** The same, for a setting that leaves the result as it is. */
  Knob<T> free() {
    return new Knob<>(name, initial, false, check);
  }

  private static <N extends Number> N inRange(String name, N value, N low, N high) {
    double number = value.doubleValue();
    if (!(number >= low.doubleValue() && number <= high.doubleValue())) {
      boolean open = high.equals(Integer.MAX_VALUE);
      throw wrong(name, value, text(low) + (open ? " or more" : " to " + text(high)));
    }
    return value;
  }

  /** 1 and not 1.0: whole numbers are read as such. */
  private static String text(Number number) {
    double value = number.doubleValue();
    return value == Math.rint(value) ? Long.toString((long) value) : number.toString();
  }

  private static List<String> words(Enum<?> example) {
    return Arrays.stream(example.getDeclaringClass().getEnumConstants())
        .map(value -> value.toString().toLowerCase(Locale.ROOT))
        .toList();
  }

  private static String orList(List<String> words) {
    int last = words.size() - 1;
    return String.join(", ", words.subList(0, last)) + " or " + words.get(last);
  }

  private static IllegalArgumentException wrong(String name, Object found, String expected) {
    return new IllegalArgumentException(
        "%s is %s; expected %s.".formatted(name, shown(found), expected));
  }

  private static Object shown(Object found) {
    return found instanceof String word && word.isBlank() ? "empty" : found;
  }
}
