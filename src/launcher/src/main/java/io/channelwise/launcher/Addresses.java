package io.channelwise.launcher;

import java.net.URI;

/** Where a person finds what, as printed after a start. */
final class Addresses {
  private Addresses() {}

  static String of(URI base) {
    return """
        Channelwise  %1$s/
        Tasklist     %1$s/camunda/app/tasklist/
        Cockpit      %1$s/camunda/app/cockpit/
        API          %1$s/api/docs"""
        .formatted(base);
  }
}
