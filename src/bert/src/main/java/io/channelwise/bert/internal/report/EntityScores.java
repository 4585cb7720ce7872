package io.channelwise.bert.internal.report;

import io.channelwise.bert.DatasetException;
import io.channelwise.bert.evaluation.EntityEvaluation;
import io.channelwise.bert.evaluation.Evaluation.ClassScore;
import io.channelwise.bert.internal.report.Entities.Entity;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Counts right and wrong entities as seqeval does in its default mode. */
public final class EntityScores {

  private EntityScores() {}

  /**
   * Scores the tags of sentences.
   *
   * @param truth true tags, one list a sentence
   * @param answer the model's tags, of the same sizes
   * @throws DatasetException when the sizes differ
   */
  public static EntityEvaluation of(List<List<String>> truth, List<List<String>> answer) {
    requireSameSizes(truth, answer);
    List<List<Entity>> trueEntities = truth.stream().map(Entities::of).toList();
    List<List<Entity>> foundEntities = answer.stream().map(Entities::of).toList();
    List<String> kinds = kinds(trueEntities, foundEntities);
    Tally tally = tally(truth, answer, trueEntities, foundEntities, kinds);
    int[][] totals = tally.totals();
    List<ClassScore> perKind = new ArrayList<>();
    int right = 0;
    int found = 0;
    int support = 0;
    for (int k = 0; k < kinds.size(); k++) {
      perKind.add(Averages.score(kinds.get(k), totals[0][k], totals[1][k], totals[2][k]));
      right += totals[0][k];
      found += totals[1][k];
      support += totals[2][k];
    }
    ClassScore micro = Averages.score("micro avg", right, found, support);
    ClassScore macro = Averages.macro(perKind);
    ClassScore weighted = Averages.weighted(perKind);
    int words = tally.examples().stream().mapToInt(Tally.Entry::units).sum();
    int rightWords = tally.examples().stream().mapToInt(Tally.Entry::rightUnits).sum();
    return new EntityEvaluation(
        truth.size(),
        words,
        Averages.share(rightWords, words),
        micro.precision(),
        micro.recall(),
        micro.f1(),
        macro.f1(),
        weighted.f1(),
        perKind,
        tally.intervals(),
        new ReportTable(perKind).row(micro).row(macro).row(weighted).toString());
  }

  private static void requireSameSizes(List<List<String>> truth, List<List<String>> answer) {
    if (truth.size() != answer.size()) {
      throw new DatasetException(
          "There are true tags of %d sentences and answers to %d; expected as many."
              .formatted(truth.size(), answer.size()));
    }
    for (int i = 0; i < truth.size(); i++) {
      if (truth.get(i).size() != answer.get(i).size()) {
        throw new DatasetException(
            "Sentence %d has %d true tags and %d answers; expected one of each a word."
                .formatted(i + 1, truth.get(i).size(), answer.get(i).size()));
      }
    }
  }

  private static List<String> kinds(List<List<Entity>> truth, List<List<Entity>> found) {
    return List.copyOf(
        new TreeSet<>(
            Stream.of(truth, found)
                .flatMap(List::stream)
                .flatMap(List::stream)
                .map(Entity::kind)
                .toList()));
  }

  /** The counts of each sentence. */
  static Tally tally(
      List<List<String>> truth,
      List<List<String>> answer,
      List<List<Entity>> trueEntities,
      List<List<Entity>> foundEntities,
      List<String> kinds) {
    Map<String, Integer> index = new TreeMap<>();
    kinds.forEach(kind -> index.put(kind, index.size()));
    List<Tally.Entry> entries = new ArrayList<>();
    for (int i = 0; i < truth.size(); i++) {
      Set<Entity> right = new HashSet<>(trueEntities.get(i));
      int[][] counts = new int[3][kinds.size()];
      for (Entity entity : foundEntities.get(i)) {
        counts[0][index.get(entity.kind())] += right.contains(entity) ? 1 : 0;
        counts[1][index.get(entity.kind())]++;
      }
      trueEntities.get(i).forEach(entity -> counts[2][index.get(entity.kind())]++);
      int rightWords = 0;
      for (int w = 0; w < truth.get(i).size(); w++) {
        rightWords += truth.get(i).get(w).equals(answer.get(i).get(w)) ? 1 : 0;
      }
      entries.add(Tally.Entry.of(counts, rightWords, truth.get(i).size()));
    }
    return new Tally(entries, kinds.size(), false);
  }
}
