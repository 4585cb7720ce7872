package io.channelwise.bert.internal.task;

import io.channelwise.bert.internal.text.Inputs;
import io.channelwise.bert.internal.text.TokenIds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Tags of words from logits of tokens. A word has the answer of its first token; of all sequences
 * of tags the likeliest valid one is taken (Viterbi), so that no entity goes on that never began.
 */
public final class TagAnswers {
  private static final String OUTSIDE = "O";

  private final List<String> tags;

  /** For each tag, whether it may begin a sentence. */
  private final boolean[] begins;

  /** For each tag, whether it may follow another: [before][after]. */
  private final boolean[][] follows;

  /**
   * The tags of one sentence.
   *
   * @param tags one a word
   * @param scores probability of each of them, 0..1
   */
  public record Sentence(List<String> tags, List<Double> scores) {
    public Sentence {
      tags = List.copyOf(tags);
      scores = List.copyOf(scores);
    }
  }

  /**
   * Answers with these tags.
   *
   * @param tags in the order of the model's outputs
   */
  public TagAnswers(List<String> tags) {
    this.tags = List.copyOf(tags);
    begins = new boolean[tags.size()];
    follows = new boolean[tags.size()][tags.size()];
    for (int after = 0; after < tags.size(); after++) {
      String tag = tags.get(after);
      String opening = "B-" + tag.substring(Math.min(2, tag.length()));
      // A model of another's making may know no B- of this kind.
      boolean free = !tag.startsWith("I-") || !tags.contains(opening);
      begins[after] = free;
      for (int before = 0; before < tags.size(); before++) {
        follows[before][after] =
            free || tags.get(before).equals(tag) || tags.get(before).equals(opening);
      }
    }
  }

  /**
   * The tags of sentences.
   *
   * @param inputs their inputs
   * @param wordCounts words of each sentence
   * @param logits one row an input: T times C values
   */
  public List<Sentence> of(Inputs inputs, int[] wordCounts, float[][] logits) {
    List<Sentence> result = new ArrayList<>();
    List<int[]> parts = inputs.byExample();
    for (int s = 0; s < wordCounts.length; s++) {
      double[][] probabilities = new double[wordCounts[s]][];
      for (int part : parts.get(s)) {
        collect(inputs.ids().get(part), logits[part], probabilities);
      }
      result.add(decode(probabilities));
    }
    return result;
  }

  private void collect(TokenIds ids, float[] logits, double[][] probabilities) {
    for (int t = 0; t < ids.length(); t++) {
      int word = ids.words()[t];
      if (word != TokenIds.NO_WORD && probabilities[word] == null) {
        probabilities[word] = Answers.softmax(logits, t * tags.size(), tags.size());
      }
    }
  }

  /**
   * The likeliest valid sequence; a word without tokens, such as a control character, is outside.
   */
  private Sentence decode(double[][] probabilities) {
    int words = probabilities.length;
    int classes = tags.size();
    double[] best = new double[classes];
    int[][] came = new int[words][classes];
    for (int w = 0; w < words; w++) {
      double[] next = new double[classes];
      for (int c = 0; c < classes; c++) {
        int from = w == 0 ? -1 : likeliestBefore(best, c);
        double before = w == 0 ? (begins[c] ? 0 : Double.NEGATIVE_INFINITY) : best[from];
        came[w][c] = from;
        next[c] = before + logarithm(probabilities[w], c);
      }
      best = next;
    }
    int[] path = new int[words];
    int last = 0;
    for (int c = 1; c < classes; c++) {
      last = best[c] > best[last] ? c : last;
    }
    for (int w = words - 1; w >= 0; w--) {
      path[w] = last;
      last = came[w][last];
    }
    return new Sentence(
        Arrays.stream(path).mapToObj(tags::get).toList(), scores(path, probabilities));
  }

  /** The best tag that may stand before this one. */
  private int likeliestBefore(double[] best, int tag) {
    int from = -1;
    for (int before = 0; before < best.length; before++) {
      if (follows[before][tag] && (from < 0 || best[before] > best[from])) {
        from = before;
      }
    }
    return from;
  }

  private double logarithm(double[] probabilities, int tag) {
    if (probabilities == null) {
      return tags.get(tag).equals(OUTSIDE) ? 0 : -1e3;
    }
    return Math.log(Math.max(probabilities[tag], 1e-300));
  }

  private static List<Double> scores(int[] path, double[][] probabilities) {
    List<Double> scores = new ArrayList<>(path.length);
    for (int w = 0; w < path.length; w++) {
      scores.add(probabilities[w] == null ? 1.0 : probabilities[w][path[w]]);
    }
    return scores;
  }
}
