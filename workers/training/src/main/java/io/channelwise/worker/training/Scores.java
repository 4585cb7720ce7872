package io.channelwise.worker.training;

import io.channelwise.model.TextJudgement.ClassJudgement;
import java.util.ArrayList;
import java.util.List;

/**
 * Classification scores, 0..1, over the classes of a dataset; an answer outside them is simply
 * wrong.
 *
 * <p>This is what lets a live version that does not know a new class be compared on the same texts:
 * F1 = 2PR/(P+R) a class, macro = plain mean, weighted = mean by support; a share of nothing is 0
 * (scikit-learn, {@code precision_recall_fscore_support} with {@code zero_division=0}).
 */
record Scores(double accuracy, double macroF1, double weightedF1, List<ClassJudgement> classes) {

  static Scores of(List<String> labels, List<String> truths, List<String> answers) {
    int classes = labels.size();
    int[] right = new int[classes];
    int[] answered = new int[classes];
    int[] support = new int[classes];
    int correct = 0;
    for (int i = 0; i < truths.size(); i++) {
      int truth = labels.indexOf(truths.get(i));
      int answer = labels.indexOf(answers.get(i));
      support[truth]++;
      if (answer >= 0) {
        answered[answer]++;
      }
      if (answer == truth) {
        right[truth]++;
        correct++;
      }
    }
    List<ClassJudgement> each = new ArrayList<>();
    double sum = 0;
    double weighted = 0;
    for (int c = 0; c < classes; c++) {
      double precision = share(right[c], answered[c]);
      double recall = share(right[c], support[c]);
      double f1 = share(2 * precision * recall, precision + recall);
      each.add(new ClassJudgement(labels.get(c), precision, recall, f1, support[c]));
      sum += f1;
      weighted += f1 * support[c];
    }
    return new Scores(share(correct, truths.size()), sum / classes, weighted / truths.size(), each);
  }

  private static double share(double part, double whole) {
    return whole == 0 ? 0 : part / whole;
  }
}
