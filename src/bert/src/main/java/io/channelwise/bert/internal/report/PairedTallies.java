package io.channelwise.bert.internal.report;

import io.channelwise.bert.evaluation.EntityEvaluation;
import io.channelwise.bert.evaluation.Evaluation.ClassScore;
import io.channelwise.bert.evaluation.Interval;
import io.channelwise.bert.evaluation.Judgement;
import io.channelwise.bert.evaluation.Judgement.Answer;
import io.channelwise.bert.evaluation.MultiLabelEvaluation;
import io.channelwise.bert.internal.report.Entities.Entity;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The counts of two models on the same examples.
 *
 * @param first of the first model
 * @param second of the second, over the same classes
 */
record PairedTallies(Tally first, Tally second) {
  private static final int EXCHANGES = 4999;

  static PairedTallies of(Judgement first, Judgement second) {
    TreeSet<String> names = new TreeSet<>();
    Stream.of(first, second)
        .flatMap(judgement -> judgement.evaluation().perClass().stream())
        .map(ClassScore::label)
        .forEach(names::add);
    Map<String, Integer> classes = new HashMap<>();
    names.forEach(name -> classes.put(name, classes.size()));
    return new PairedTallies(tally(first, classes), tally(second, classes));
  }

  private static Tally tally(Judgement judgement, Map<String, Integer> classes) {
    boolean entities = judgement.evaluation() instanceof EntityEvaluation;
    List<Tally.Entry> entries = new ArrayList<>();
    for (Answer answer : judgement.answers()) {
      entries.add(entities ? ofSentence(answer, classes) : ofText(answer, classes));
    }
    return new Tally(
        entries, classes.size(), judgement.evaluation() instanceof MultiLabelEvaluation);
  }

  private static Tally.Entry ofText(Answer answer, Map<String, Integer> classes) {
    return entry(
        answer.truth(), answer.labels(), classes::get, classes.size(), answer.right() ? 1 : 0, 1);
  }

  private static Tally.Entry ofSentence(Answer answer, Map<String, Integer> classes) {
    int words = answer.truth().size();
    int right =
        (int)
            IntStream.range(0, words)
                .filter(w -> answer.truth().get(w).equals(answer.labels().get(w)))
                .count();
    return entry(
        Entities.of(answer.truth()),
        Entities.of(answer.labels()),
        (Entity entity) -> classes.get(entity.kind()),
        classes.size(),
        right,
        words);
  }

  private static <T> Tally.Entry entry(
      Collection<T> truth,
      Collection<T> given,
      Function<T, Integer> number,
      int classes,
      int rightUnits,
      int units) {
    int[][] counts = new int[3][classes];
    for (T one : given) {
      counts[0][number.apply(one)] += truth.contains(one) ? 1 : 0;
      counts[1][number.apply(one)]++;
    }
    truth.forEach(one -> counts[2][number.apply(one)]++);
    return Tally.Entry.of(counts, rightUnits, units);
  }

  /** Intervals of accuracy, micro, macro and weighted F1, second minus first. */
  Interval[] differences() {
    int[][] room = new int[3][first.classes()];
    return Bootstrap.intervals(
        first.examples().size(),
        drawn -> minus(second.figures(drawn, room), first.figures(drawn, room)),
        Tally.FIGURES);
  }

  private static double[] minus(double[] a, double[] b) {
    return IntStream.range(0, a.length).mapToDouble(i -> a[i] - b[i]).toArray();
  }

  /** Share of random exchanges of the two answers with a difference at least as large. */
  double exchanged(int figure) {
    int[] all = IntStream.range(0, first.examples().size()).toArray();
    int[][] room = new int[3][first.classes()];
    double found = Math.abs(second.figures(all, room)[figure] - first.figures(all, room)[figure]);
    SplittableRandom random = new SplittableRandom(Bootstrap.SEED);
    int asLarge = 0;
    for (int r = 0; r < EXCHANGES; r++) {
      List<Tally.Entry> one = new ArrayList<>(all.length);
      List<Tally.Entry> two = new ArrayList<>(all.length);
      for (int i : all) {
        boolean exchange = random.nextBoolean();
        one.add((exchange ? second : first).examples().get(i));
        two.add((exchange ? first : second).examples().get(i));
      }
      double a = new Tally(one, first.classes(), first.absentCount()).figures(all, room)[figure];
      double b = new Tally(two, first.classes(), first.absentCount()).figures(all, room)[figure];
      asLarge += Math.abs(b - a) >= found - 1e-12 ? 1 : 0;
    }
    return (asLarge + 1.0) / (EXCHANGES + 1.0);
  }
}
