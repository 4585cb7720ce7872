package io.channelwise.channel;

/**
 * What became of the events of one request.
 *
 * @param received rows read
 * @param added rows whose event id was new
 */
public record EventsAdded(long received, long added) {

  /** Rows whose event id was known already, or came twice. */
  public long duplicates() {
    return received - added;
  }
}
