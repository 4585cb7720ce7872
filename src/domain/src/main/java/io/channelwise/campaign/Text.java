package io.channelwise.campaign;

/** A text shown to people, in both languages. */
public record Text(String en, String zh) {}
