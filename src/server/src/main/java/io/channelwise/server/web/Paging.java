package io.channelwise.server.web;

import org.springframework.http.HttpStatus;

/** Bounds of what one call may ask for. */
public final class Paging {
  private static final int PAGE_MAX = 1_000_000;
  private static final int SIZE_MAX = 500;
  private static final int CYCLE_MAX = 10_000;

  private Paging() {}

  /**
   * @throws ApiException 400 for a page below 0 or more than 500 rows
   */
  public static void require(int page, int size) {
    if (page < 0 || page > PAGE_MAX || size < 1 || size > SIZE_MAX) {
      throw new ApiException(HttpStatus.BAD_REQUEST, "bad-page", page, size, SIZE_MAX);
    }
  }

  /**
   * @return the cycle
   * @throws ApiException 400 for one that there cannot be
   */
  public static int cycle(int cycle) {
    if (cycle < 1 || cycle > CYCLE_MAX) {
      throw new ApiException(HttpStatus.BAD_REQUEST, "bad-cycle", cycle, CYCLE_MAX);
    }
    return cycle;
  }
}
