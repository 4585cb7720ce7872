package io.channelwise.attribution;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.ToDoubleFunction;

/** Paths without meaning, for properties that hold for all. */
final class RandomPaths {
  private RandomPaths() {}

  /**
   * @param goOn probability of a further touch
   */
  static Paths of(Random random, int channels, int paths, double goOn) {
    return of(random, channels, paths, goOn, r -> 0);
  }

  /**
   * @param goOn probability of a further touch
   * @param revenue of a purchase
   */
  static Paths of(
      Random random, int channels, int paths, double goOn, ToDoubleFunction<Random> revenue) {
    List<String> names = new ArrayList<>();
    for (int c = 0; c < channels; c++) {
      names.add("c%02d".formatted(c));
    }
    Paths.Builder builder = new Paths.Builder(names);
    for (int p = 0; p < paths; p++) {
      int at = random.nextInt(channels);
      builder.touch(names.get(at));
      while (random.nextDouble() < goOn) {
        at = random.nextInt(3) == 0 ? at : random.nextInt(channels);
        builder.touch(names.get(at));
      }
      if (random.nextInt(channels + 4) > at) {
        builder.convert(revenue.applyAsDouble(random));
      } else {
        builder.lose();
      }
    }
    return builder.build();
  }
}
