package io.channelwise.bert.evaluation;

import java.util.List;

/**
 * How a tagger did on sentences. An entity is right when its kind, first and last word are; what an
 * entity is follows seqeval's default mode, which is conlleval's (Tjong Kim Sang and Buchholz
 * 2000).
 *
 * @param examples sentences judged
 * @param words their words
 * @param accuracy share of words with the right tag
 * @param precision share of the found entities that are right
 * @param recall share of the true entities that were found
 * @param microF1 F1 of these two: the entity F1 of published figures
 * @param macroF1 mean F1 of the kinds of entity that appear among truths or answers
 * @param weightedF1 mean F1 weighted by support
 * @param perClass one entry a kind of entity, sorted by name
 * @param intervals where the averages lie when the sentences are drawn anew
 * @param report the classification report as seqeval prints it
 */
public record EntityEvaluation(
    int examples,
    int words,
    double accuracy,
    double precision,
    double recall,
    double microF1,
    double macroF1,
    double weightedF1,
    List<ClassScore> perClass,
    Intervals intervals,
    String report)
    implements Evaluation {
  public EntityEvaluation {
    perClass = List.copyOf(perClass);
  }
}
