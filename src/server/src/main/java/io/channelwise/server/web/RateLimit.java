package io.channelwise.server.web;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/**
 * Limits the calls that need no login: so many a minute from one address and with one link. Counts
 * per server and per clock minute; bounded memory. Thread-safe.
 */
@Component
public class RateLimit {
  private static final int PER_ADDRESS = 120;
  private static final int PER_LINK = 20;
  private static final int ENTRIES_MAX = 10_000;

  private final Clock clock;
  private final Map<String, Integer> counts = new LinkedHashMap<>();
  private long minute;

  RateLimit(Clock clock) {
    this.clock = clock;
  }

  /**
   * @throws ApiException 429 when the limit of the minute is used up
   */
  public void requireLeft(String address, String link) {
    if (!take("a/" + address, PER_ADDRESS)
        || !take("l/" + Integer.toHexString(link.hashCode()), PER_LINK)) {
      throw new ApiException(HttpStatus.TOO_MANY_REQUESTS, "too-many");
    }
  }

  private synchronized boolean take(String key, int limit) {
    long now = clock.millis() / 60_000;
    if (now != minute || counts.size() >= ENTRIES_MAX) {
      counts.clear();
      minute = now;
    }
    return counts.merge(key, 1, Integer::sum) <= limit;
  }
}
