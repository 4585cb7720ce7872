package io.channelwise.bert.evaluation;

import io.channelwise.bert.internal.report.EvaluationJson;
import io.channelwise.bert.internal.report.Summaries;
import java.util.List;

/**
 * How a model did on labelled examples. Every task has the figures here; what only one kind of task
 * has is on {@link ClassEvaluation} (one label a text or pair), {@link MultiLabelEvaluation} (any
 * number of labels) and {@link EntityEvaluation} (tagged words). Shares are 0..1; a share of
 * nothing is 0, as in scikit-learn.
 */
public sealed interface Evaluation permits ClassEvaluation, MultiLabelEvaluation, EntityEvaluation {

  /** Texts, pairs or sentences judged. */
  int examples();

  /**
   * Share of right answers. One label a text: of texts. Multi-label: of texts whose whole set of
   * labels is right. Tagged words: of words.
   */
  double accuracy();

  /** F1 over all decisions; with one label a text it equals the accuracy. */
  double microF1();

  /** Mean F1 of the classes, or of the kinds of entity. */
  double macroF1();

  /** Mean F1 weighted by support. */
  double weightedF1();

  /** Where these four lie when the examples are drawn anew. */
  Intervals intervals();

  /** One entry a class in the model's order, or a kind of entity by name. */
  List<ClassScore> perClass();

  /** The classification report as scikit-learn prints it; of tagged words, as seqeval does. */
  String report();

  /** The averages with their intervals, one a line. */
  default String summary() {
    return Summaries.of(this);
  }

  /** The figures as in {@code metrics.json}. */
  default String toJson() {
    return EvaluationJson.of(this).toPrettyString();
  }

  /**
   * The figure by which one model of a task is preferred to another, 0..1: macro F1, where classes
   * are uneven a fairer one than accuracy; micro F1 of sets of labels and of entities, as published
   * figures are.
   */
  default double selectionScore() {
    return this instanceof ClassEvaluation ? macroF1() : microF1();
  }

  /**
   * Scores of one class or kind of entity, 0..1.
   *
   * @param support texts, or entities, that truly are of it
   */
  record ClassScore(String label, double precision, double recall, double f1, int support) {}

  /**
   * 95 % bootstrap intervals of the figures of the same names.
   *
   * @param accuracy of {@link Evaluation#accuracy()}
   * @param microF1 of {@link Evaluation#microF1()}
   * @param macroF1 of {@link Evaluation#macroF1()}
   * @param weightedF1 of {@link Evaluation#weightedF1()}
   */
  record Intervals(Interval accuracy, Interval microF1, Interval macroF1, Interval weightedF1) {}
}
