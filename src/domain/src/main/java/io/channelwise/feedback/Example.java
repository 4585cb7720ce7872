package io.channelwise.feedback;

/** One labelled text. */
public record Example(String text, String label) {}
