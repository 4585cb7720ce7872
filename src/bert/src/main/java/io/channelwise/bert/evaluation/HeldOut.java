package io.channelwise.bert.evaluation;

import io.channelwise.bert.Example;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/**
 * Labelled examples in two parts: one to train on, one to judge by. The same seed and examples give
 * the same parts; both keep the order of the examples.
 *
 * @param train the larger part; holds every label
 * @param eval the part held out
 */
public record HeldOut(List<Example> train, List<Example> eval) {
  public HeldOut {
    train = List.copyOf(train);
    eval = List.copyOf(eval);
  }

  /**
   * Holds out a share of each class, or of all examples where they have not one label each. An
   * example with a label that no other has stays in training.
   *
   * @param share above 0 and below 1
   * @throws IllegalArgumentException when the share is none of these
   */
  public static HeldOut split(List<Example> examples, double share, long seed) {
    if (!(share > 0 && share < 1)) {
      throw new IllegalArgumentException(
          "held-out share is " + share + "; expected above 0 and below 1.");
    }
    Map<String, List<Integer>> groups = new TreeMap<>();
    for (int i = 0; i < examples.size(); i++) {
      List<String> labels = examples.get(i).labels();
      groups
          .computeIfAbsent(labels.size() == 1 ? labels.get(0) : "", g -> new ArrayList<>())
          .add(i);
    }
    Random random = new Random(seed);
    Set<Integer> held = new HashSet<>();
    for (List<Integer> group : groups.values()) {
      Collections.shuffle(group, random);
      int count = (int) Math.min(group.size() - 1, Math.round(share * group.size()));
      held.addAll(group.subList(0, count));
    }
    keepRareLabels(examples, held);
    List<Example> train = new ArrayList<>();
    List<Example> eval = new ArrayList<>();
    for (int i = 0; i < examples.size(); i++) {
      (held.contains(i) ? eval : train).add(examples.get(i));
    }
    return new HeldOut(train, eval);
  }

  private static void keepRareLabels(List<Example> examples, Set<Integer> held) {
    Set<String> known = new HashSet<>();
    for (int i = 0; i < examples.size(); i++) {
      if (!held.contains(i)) {
        known.addAll(examples.get(i).labels());
      }
    }
    for (int i = 0; i < examples.size(); i++) {
      if (held.contains(i) && !known.containsAll(examples.get(i).labels())) {
        held.remove(i);
        known.addAll(examples.get(i).labels());
      }
    }
  }
}
