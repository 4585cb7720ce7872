package io.channelwise.bert.evaluation;

import java.util.List;

/**
 * How a classifier did that gives each text any number of labels.
 *
 * @param examples texts judged
 * @param accuracy share of texts whose whole set of labels is right (subset accuracy)
 * @param hammingLoss share of wrong decisions, one decision a text and label
 * @param microF1 F1 over all decisions
 * @param macroF1 mean F1 of the labels; one that never appears counts as 0, as in scikit-learn
 * @param weightedF1 mean F1 weighted by support
 * @param samplesF1 mean over the texts of the F1 of each text's set of labels
 * @param perClass one entry a label, in the model's order
 * @param threshold a label is given from this probability on
 * @param calibrationError expected calibration error over all decisions, 0..1: how far the stated
 *     probability of a label is from the share of texts that have it, over 15 equal bins
 * @param reliability the bins of that error; in them {@code accuracy} is the share of texts that
 *     have the label
 * @param intervals where the averages lie when the texts are drawn anew
 * @param report the classification report as scikit-learn prints it
 */
public record MultiLabelEvaluation(
    int examples,
    double accuracy,
    double hammingLoss,
    double microF1,
    double macroF1,
    double weightedF1,
    double samplesF1,
    List<ClassScore> perClass,
    double threshold,
    double calibrationError,
    List<ReliabilityBin> reliability,
    Intervals intervals,
    String report)
    implements Evaluation {
  public MultiLabelEvaluation {
    perClass = List.copyOf(perClass);
    reliability = List.copyOf(reliability);
  }
}
