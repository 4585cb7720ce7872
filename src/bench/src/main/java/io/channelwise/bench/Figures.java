package io.channelwise.bench;

import io.channelwise.bench.Figure.Bar;
import io.channelwise.bench.measure.Table;
import java.util.ArrayList;
import java.util.List;

/** What one benchmark measured. Not safe for threads. */
public final class Figures {
  private final List<Figure> list = new ArrayList<>();

  /** Adds a figure that is told and held to nothing. */
  public void tell(String name, double value, String unit) {
    list.add(new Figure(name, value, unit, null));
  }

  /** Adds a figure that must be at least the limit. */
  public void atLeast(String name, double value, String unit, double limit) {
    list.add(new Figure(name, value, unit, Bar.atLeast(limit)));
  }

  /** Adds a figure that must be at most the limit. */
  public void atMost(String name, double value, String unit, double limit) {
    list.add(new Figure(name, value, unit, Bar.atMost(limit)));
  }

  /** In the order they were added. */
  public List<Figure> list() {
    return List.copyOf(list);
  }

  /** Whether every bar is met; true where nothing has one. */
  public boolean met() {
    return list.stream().allMatch(Figure::met);
  }

  /** All figures with their bars. */
  public Table table() {
    Table table = new Table("figure", "measured", "bar", "met");
    for (Figure figure : list) {
      boolean held = figure.bar() != null;
      table.row(
          figure.name(),
          figure.shown(),
          held ? figure.bar().toString() : "",
          !held ? "" : figure.met() ? "yes" : "NO");
    }
    return table;
  }
}
