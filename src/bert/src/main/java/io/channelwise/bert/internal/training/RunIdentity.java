package io.channelwise.bert.internal.training;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * What must be equal for a checkpoint to be of a run: settings, base and data, by name.
 *
 * @param values of this run
 * @param initial values of settings that nobody chose; a checkpoint written before a setting
 *     existed ran with these
 */
public record RunIdentity(Map<String, String> values, Map<String, String> initial) {
  public RunIdentity {
    values = Map.copyOf(values);
    initial = Map.copyOf(initial);
  }

  /** What of another run is not as here, a phrase each. */
  public List<String> differences(Map<String, String> found) {
    List<String> differences = new ArrayList<>();
    TreeSet<String> keys = new TreeSet<>(found.keySet());
    keys.addAll(values.keySet());
    for (String key : keys) {
      String was = found.getOrDefault(key, initial.get(key));
      String is = values.get(key);
      if (was == null || !was.equals(is)) {
        differences.add("%s was %s and is %s".formatted(key, was, is));
      }
    }
    return differences;
  }
}
