package io.channelwise.bert.internal.inference;

import io.channelwise.bert.internal.files.BertConfig;
import io.channelwise.bert.internal.text.TokenIds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Made-up inputs that two scorers are compared on: always the same, of several lengths, so that
 * padding counts, and with second texts where the model knows them.
 */
final class Probe {
  private static final int SEED = 1;
  private static final int[] LENGTHS = {3, 16, 32, 64};
  private static final int TIMED_LENGTH = 32;
  private static final int TIMED_BATCH = 8;
  private static final int RUNS = 5;

  private final BertConfig config;
  private final Random random = new Random(SEED);
  private final List<TokenIds> various = new ArrayList<>();
  private final List<TokenIds> timed = new ArrayList<>();

  Probe(BertConfig config) {
    this.config = config;
    for (int length : LENGTHS) {
      various.add(input(length, false));
      various.add(input(length, config.typeVocabSize() > 1));
    }
    for (int i = 0; i < TIMED_BATCH; i++) {
      timed.add(input(TIMED_LENGTH, false));
    }
  }

  private TokenIds input(int wanted, boolean pair) {
    int length = Math.min(wanted, config.maxLength());
    int[] ids = random.ints(length, 0, config.vocabSize()).toArray();
    return new TokenIds(ids, pair ? length / 2 : length);
  }

  /** The largest difference of two scorers' logits. */
  double difference(Scorer one, Scorer other) {
    float[][] expected = one.logits(various);
    float[][] found = other.logits(various);
    double worst = 0;
    for (int i = 0; i < expected.length; i++) {
      for (int c = 0; c < expected[i].length; c++) {
        double difference = Math.abs(expected[i][c] - found[i][c]);
        // A NaN is equal to nothing.
        worst = difference <= worst ? worst : Double.isNaN(difference) ? 1e30 : difference;
      }
    }
    return worst;
  }

  /** Milliseconds a text, alone and in a batch: the geometric mean of the two, so both count. */
  double milliseconds(Scorer scorer) {
    double alone = median(scorer, timed.subList(0, 1));
    double together = median(scorer, timed) / TIMED_BATCH;
    return Math.sqrt(alone * together);
  }

  private static double median(Scorer scorer, List<TokenIds> inputs) {
    scorer.logits(inputs);
    double[] milliseconds = new double[RUNS];
    for (int i = 0; i < RUNS; i++) {
      long start = System.nanoTime();
      scorer.logits(inputs);
      milliseconds[i] = (System.nanoTime() - start) / 1e6;
    }
    Arrays.sort(milliseconds);
    return milliseconds[RUNS / 2];
  }
}
