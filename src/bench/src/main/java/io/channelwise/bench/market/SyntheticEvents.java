package io.channelwise.bench.market;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Invented events of users who wander between 20 channels: one path a user, of one touch to many
 * (four on average), some bought at the end. The same seed gives the same events. Not thread-safe.
 */
final class SyntheticEvents {
  private static final int CHANNELS = 20;
  private static final int SEGMENTS = 6;
  private static final double GO_ON = 0.75;
  private static final long START = Instant.parse("2026-01-01T00:00:00Z").getEpochSecond();
  private static final int YEAR = 365 * 24 * 3_600;
  private static final int BLOCK_CHARS = 4 << 20;

  private final SplittableRandom random;
  private final long users;
  private final String campaign;
  private long user;
  private long events;

  /**
   * @param campaign written before each event; null for none, as in {@code events.csv}
   */
  SyntheticEvents(long seed, long users, String campaign) {
    this.random = new SplittableRandom(seed);
    this.users = users;
    this.campaign = campaign;
  }

  static List<String> channels() {
    List<String> names = new ArrayList<>();
    for (int c = 0; c < CHANNELS; c++) {
      names.add("channel-%02d".formatted(c));
    }
    return names;
  }

  /** Events written so far. */
  long events() {
    return events;
  }

  /** The next rows of CSV without a header, whole users at a time; null after the last. */
  String block() {
    if (user == users) {
      return null;
    }
    StringBuilder block = new StringBuilder(BLOCK_CHARS + 10_000);
    while (user < users && block.length() < BLOCK_CHARS) {
      path(block);
      user++;
    }
    return block.toString();
  }

  private void path(StringBuilder block) {
    long time = START + random.nextInt(YEAR);
    int segment = random.nextInt(SEGMENTS);
    int channel = random.nextInt(CHANNELS);
    row(block, segment, channel, "click", time);
    while (random.nextDouble() < GO_ON) {
      // Users of a segment prefer some channels, and often come back the way they came.
      int draw = random.nextInt(4);
      channel =
          draw == 0
              ? channel
              : draw == 1 ? (channel + segment) % CHANNELS : random.nextInt(CHANNELS);
      time += 1 + random.nextInt(86_400);
      row(block, segment, channel, "click", time);
    }
    if (random.nextDouble() < 0.02 + 0.01 * channel) {
      row(block, segment, channel, "purchase", time + 60);
    }
  }

  private void row(StringBuilder block, int segment, int channel, String type, long time) {
    if (campaign != null) {
      block.append(campaign).append(',');
    }
    block.append('e').append(1_000_000_000L + events++).append(",u").append(10_000_000L + user);
    block.append(",segment-").append(segment).append(",channel-");
    block.append(channel < 10 ? "0" : "").append(channel).append(',').append(type).append(',');
    block.append(Instant.ofEpochSecond(time));
    boolean purchase = type.equals("purchase");
    block.append(',').append(purchase ? "129.5" : "0").append(',').append(purchase ? "0" : "0.35");
    block.append('\n');
  }
}
