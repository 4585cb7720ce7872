package io.channelwise.attribution;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * The ways users took through channels, each different way once with how often it was taken.
 *
 * <p>A path is the channels a user touched in order of time, up to and including the touch before a
 * purchase; what comes after a purchase is a new path. A path without a purchase at its end is
 * lost. Immutable; the order in which paths were added leaves no trace.
 */
public final class Paths {
  /** More channels than a character can number. */
  private static final int CHANNELS_MAX = Character.MAX_VALUE;

  private static final Comparator<Path> ORDER =
      Comparator.comparing(Path::touches).thenComparing(Path::converted);

  private static final double[] NONE = {};

  private final List<String> channels;
  private final List<Path> distinct;
  private final long count;
  private final long conversions;
  private final double revenue;

  /**
   * One way and how often it was taken.
   *
   * @param touches one character a touch: the place of the channel in {@link Paths#channels()}
   * @param converted whether it ended in a purchase
   * @param count at least 1
   * @param revenues of its purchases, those of 0 left out, sorted; shared
   */
  record Path(String touches, boolean converted, long count, double[] revenues) {

    /** Of all its purchases; the smallest are added first, so that their order leaves no trace. */
    double revenue() {
      return Arrays.stream(revenues).sum();
    }

    /** Revenue of as many purchases drawn with replacement. */
    double draw(long purchases, SplittableRandom random) {
      double sum = 0;
      for (long i = 0; revenues.length > 0 && i < purchases; i++) {
        long place = count == 1 ? 0 : random.nextLong(count);
        sum += place < revenues.length ? revenues[(int) place] : 0;
      }
      return sum;
    }
  }

  private Paths(List<String> channels, List<Path> distinct) {
    this.channels = channels;
    this.distinct = List.copyOf(distinct);
    this.count = distinct.stream().mapToLong(Path::count).sum();
    this.conversions = distinct.stream().filter(Path::converted).mapToLong(Path::count).sum();
    this.revenue = distinct.stream().mapToDouble(Path::revenue).sum();
  }

  /** Names, sorted; those nobody touched among them. */
  public List<String> channels() {
    return channels;
  }

  /** How many paths there are, lost ones included. */
  public long count() {
    return count;
  }

  /** How many of them ended in a purchase. */
  public long conversions() {
    return conversions;
  }

  /** Revenue of all purchases. */
  public double revenue() {
    return revenue;
  }

  /** How many different paths there are; the same touches with and without a purchase are two. */
  public int distinctCount() {
    return distinct.size();
  }

  /** Sorted by touches, lost before converted. */
  List<Path> distinct() {
    return distinct;
  }

  /** Collects paths touch by touch. Not thread-safe. */
  public static final class Builder {
    private final List<String> channels;
    private final Map<String, Integer> places = new HashMap<>();
    private final Map<String, Ways> counts = new HashMap<>();
    private final StringBuilder current = new StringBuilder();

    /** How often one way was taken. */
    private static final class Ways {
      private long lost;
      private long converted;
      private int sales;
      private double[] revenues = NONE;

      void convert(double revenue) {
        converted++;
        if (revenue > 0) {
          if (sales == revenues.length) {
            revenues = Arrays.copyOf(revenues, Math.max(1, 2 * sales));
          }
          revenues[sales++] = revenue;
        }
      }

      double[] sorted() {
        double[] sorted = Arrays.copyOf(revenues, sales);
        Arrays.sort(sorted);
        return sorted;
      }
    }

    /**
     * @param channels names in any order
     * @throws IllegalArgumentException when a name comes twice or there are more than 65,535
     */
    public Builder(List<String> channels) {
      if (channels.size() > CHANNELS_MAX || new HashSet<>(channels).size() < channels.size()) {
        throw new IllegalArgumentException(
            "Attribution takes up to %d channels, each named once; there are %d names of %d."
                .formatted(CHANNELS_MAX, new HashSet<>(channels).size(), channels.size()));
      }
      this.channels = channels.stream().sorted().toList();
      for (String channel : this.channels) {
        places.put(channel, places.size());
      }
    }

    /** Whether the channel is one of those given. */
    public boolean knows(String channel) {
      return places.containsKey(channel);
    }

    /**
     * Adds a touch to the path at hand.
     *
     * @throws IllegalArgumentException when the channel is unknown
     */
    public Builder touch(String channel) {
      Integer place = places.get(channel);
      if (place == null) {
        throw new IllegalArgumentException(
            "Channel %s is touched but not among the %d channels given; add it or leave its events out."
                .formatted(channel, channels.size()));
      }
      current.append((char) place.intValue());
      return this;
    }

    /** Whether the path at hand has a touch yet. */
    public boolean touched() {
      return current.length() > 0;
    }

    /** Ends the path at hand with a purchase whose revenue is not known. */
    public void convert() {
      convert(0);
    }

    /**
     * Ends the path at hand with a purchase.
     *
     * @param revenue ≥ 0
     * @throws IllegalStateException when it has no touch: the purchase would belong to no channel
     * @throws IllegalArgumentException when the revenue is negative, infinite or none
     */
    public void convert(double revenue) {
      if (current.length() == 0) {
        throw new IllegalStateException("A purchase needs a touch before it.");
      }
      if (!(revenue >= 0 && revenue < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException(
            "A purchase has a revenue of %s; a finite number from 0 on is expected."
                .formatted(revenue));
      }
      end().convert(revenue);
    }

    /** Ends the path at hand without a purchase; nothing happens when it has no touch. */
    public void lose() {
      if (current.length() > 0) {
        end().lost++;
      }
    }

    private Ways end() {
      Ways ways = counts.computeIfAbsent(current.toString(), touches -> new Ways());
      current.setLength(0);
      return ways;
    }

    /** Adds a whole path. */
    public Builder path(List<String> touches, boolean converted) {
      touches.forEach(this::touch);
      if (converted) {
        convert();
      } else {
        lose();
      }
      return this;
    }

    /** All paths that were ended; this builder is of no further use. */
    public Paths build() {
      List<Path> distinct = new ArrayList<>(counts.size());
      counts.forEach(
          (touches, ways) -> {
            if (ways.lost > 0) {
              distinct.add(new Path(touches, false, ways.lost, NONE));
            }
            if (ways.converted > 0) {
              distinct.add(new Path(touches, true, ways.converted, ways.sorted()));
            }
          });
      distinct.sort(ORDER);
      return new Paths(channels, distinct);
    }
  }
}
