package io.channelwise.attribution;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

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

  private final List<String> channels;
  private final List<Path> distinct;
  private final long count;
  private final long conversions;

  /**
   * One way and how often it was taken.
   *
   * @param touches one character a touch: the place of the channel in {@link Paths#channels()}
   * @param converted whether it ended in a purchase
   * @param count at least 1
   */
  record Path(String touches, boolean converted, long count) {}

  private Paths(List<String> channels, List<Path> distinct) {
    this.channels = channels;
    this.distinct = List.copyOf(distinct);
    this.count = distinct.stream().mapToLong(Path::count).sum();
    this.conversions = distinct.stream().filter(Path::converted).mapToLong(Path::count).sum();
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
    private final Map<String, long[]> counts = new HashMap<>();
    private final StringBuilder current = new StringBuilder();

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

    /**
     * Ends the path at hand with a purchase.
     *
     * @throws IllegalStateException when it has no touch: the purchase would belong to no channel
     */
    public void convert() {
      if (current.length() == 0) {
        throw new IllegalStateException("A purchase needs a touch before it.");
      }
      end(1);
    }

    /** Ends the path at hand without a purchase; nothing happens when it has no touch. */
    public void lose() {
      if (current.length() > 0) {
        end(0);
      }
    }

    private void end(int converted) {
      counts.computeIfAbsent(current.toString(), touches -> new long[2])[converted]++;
      current.setLength(0);
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
          (touches, count) -> {
            if (count[0] > 0) {
              distinct.add(new Path(touches, false, count[0]));
            }
            if (count[1] > 0) {
              distinct.add(new Path(touches, true, count[1]));
            }
          });
      distinct.sort(ORDER);
      return new Paths(channels, distinct);
    }
  }
}
