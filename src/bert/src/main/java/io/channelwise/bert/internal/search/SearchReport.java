package io.channelwise.bert.internal.search;

import io.channelwise.bert.search.SearchMethod;
import io.channelwise.bert.search.SearchSettings;
import io.channelwise.bert.search.Trial;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a search tells of itself.
 *
 * @param complete whether everything planned was done
 */
record SearchReport(
    SearchSettings settings,
    List<Trial> trials,
    Trial best,
    boolean complete,
    int trainExamples,
    int evalExamples) {
  static final String TEXT = "search.txt";
  static final String CSV = "trials.csv";
  static final String JSON = "trials.json";

  /** Plain sentences and a table, best trial first. */
  String text(String command) {
    StringBuilder text = new StringBuilder();
    text.append(
        "Search by %s over %d trials, trained on %d examples and judged by %s on %d others; seed %d.%n"
            .formatted(
                settings.method() == SearchMethod.RANDOM
                    ? "random trials"
                    : "successive halving, one of " + settings.reduction() + " goes on",
                trials.size(),
                trainExamples,
                settings.metric().key(),
                evalExamples,
                settings.fixed().seed()));
    text.append(sentences());
    text.append("%nIt is trained again, to the bit on the same machine, by%n%n".formatted());
    text.append(command);
    best.values()
        .forEach(
            (name, value) ->
                text.append(" --").append(name).append(' ').append(Dimension.text(value)));
    text.append("\n\nRanges searched:\n");
    settings.ranges().forEach(range -> text.append("  ").append(range).append('\n'));
    text.append("\n").append(table());
    return text.toString().replace("\r\n", "\n");
  }

  private String sentences() {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "%d trials were trained to their end, %d were dropped, %d diverged, %d are open; %.0f s and %d tokens in all.%n",
            count(Trial.State.FINISHED),
            count(Trial.State.DROPPED),
            count(Trial.State.DIVERGED),
            count(Trial.State.PAUSED) + count(Trial.State.WAITING),
            trials.stream().mapToDouble(Trial::seconds).sum(),
            trials.stream().mapToLong(Trial::tokens).sum()));
    if (!complete) {
      text.append(
          String.format(
              Locale.ROOT,
              "The time of %.0f s ended before the plan did; with --resume and a longer --budget it goes on.%n",
              settings.budget().toNanos() / 1e9));
    }
    text.append(
        String.format(
            Locale.ROOT,
            "The best is trial %d with %s %.4f. It is the highest of %d on these examples, so it flatters: judge the model on others before you state a figure.%n",
            best.number(),
            settings.metric().key(),
            best.score(),
            count(Trial.State.FINISHED)));
    return text.toString();
  }

  private long count(Trial.State state) {
    return trials.stream().filter(trial -> trial.state() == state).count();
  }

  private String table() {
    StringBuilder text = new StringBuilder("  score  epochs  state     trial  values\n");
    trials.stream()
        .sorted(
            Comparator.comparing((Trial t) -> Double.isNaN(t.score()))
                .thenComparing(Plan.bestFirst()))
        .forEach(
            trial ->
                text.append(
                    String.format(
                        Locale.ROOT,
                        " %6s  %2d/%-3d  %-8s  %5d  %s%n",
                        Double.isNaN(trial.score())
                            ? "-"
                            : String.format(Locale.ROOT, "%.4f", trial.score()),
                        trial.scores().size(),
                        trial.epochs(),
                        trial.state().name().toLowerCase(Locale.ROOT),
                        trial.number(),
                        values(trial))));
    return text.toString();
  }

  private static String values(Trial trial) {
    return String.join(
        ", ",
        trial.values().entrySet().stream()
            .map(entry -> entry.getKey() + " " + Dimension.text(entry.getValue()))
            .toList());
  }

  /** One line a trial, by number. */
  String csv() {
    List<String> names = List.copyOf(trials.get(0).values().keySet());
    StringBuilder text = new StringBuilder("trial,state,score,epochs_done,epochs,seconds,tokens");
    names.forEach(name -> text.append(',').append(name.replace('-', '_')));
    text.append('\n');
    for (Trial trial : trials) {
      text.append(
          String.format(
              Locale.ROOT,
              "%d,%s,%s,%d,%d,%.1f,%d",
              trial.number(),
              trial.state().name().toLowerCase(Locale.ROOT),
              Double.isNaN(trial.score()) ? "" : trial.score(),
              trial.scores().size(),
              trial.epochs(),
              trial.seconds(),
              trial.tokens()));
      Map<String, Double> values = trial.values();
      names.forEach(name -> text.append(',').append(Dimension.text(values.get(name))));
      text.append('\n');
    }
    return text.toString();
  }
}
