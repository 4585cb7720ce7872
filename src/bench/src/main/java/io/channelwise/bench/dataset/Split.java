package io.channelwise.bench.dataset;

import io.channelwise.bert.Example;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Examples by use.
 *
 * @param train to learn from
 * @param dev to choose settings, thresholds and temperatures on; may be empty
 * @param test to be judged on, once
 */
public record Split(List<Example> train, List<Example> dev, List<Example> test) {
  public Split {
    train = List.copyOf(train);
    dev = List.copyOf(dev);
    test = List.copyOf(test);
  }

  /**
   * Takes a share of each class out of the training examples as dev examples, at least one of each
   * class that has two. What was there as dev is replaced.
   *
   * @param share 0 to 1
   */
  public Split holdOut(double share, long seed) {
    Map<List<String>, List<Example>> classes = new LinkedHashMap<>();
    for (Example example : train) {
      classes.computeIfAbsent(example.labels(), label -> new ArrayList<>()).add(example);
    }
    List<Example> kept = new ArrayList<>();
    List<Example> held = new ArrayList<>();
    Random random = new Random(seed);
    for (List<Example> members : classes.values()) {
      Collections.shuffle(members, random);
      int count = Math.max(members.size() > 1 ? 1 : 0, (int) Math.round(share * members.size()));
      held.addAll(members.subList(0, count));
      kept.addAll(members.subList(count, members.size()));
    }
    Collections.shuffle(kept, random);
    return new Split(kept, held, test);
  }

  /** At most so many training examples of each class, drawn by the seed; the rest is dropped. */
  public Split perClass(int count, long seed) {
    List<Example> shuffled = new ArrayList<>(train);
    Collections.shuffle(shuffled, new Random(seed));
    Map<List<String>, Integer> taken = new HashMap<>();
    List<Example> drawn =
        shuffled.stream()
            .filter(example -> taken.merge(example.labels(), 1, Integer::sum) <= count)
            .toList();
    return new Split(drawn, dev, test);
  }
}
