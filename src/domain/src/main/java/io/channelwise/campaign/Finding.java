package io.channelwise.campaign;

/**
 * One thing wrong with the data brought: what, where, found, expected.
 *
 * @param file e.g. {@code survey.csv}
 * @param row line in the file, 1 being the header; 0 when the file as a whole is meant
 * @param column header as it stands in the file, or the expected one; empty for the whole row
 * @param found what stands there, cut to 80 characters
 * @param expected what would be right
 * @param message the whole as one sentence for people
 */
public record Finding(
    String file, long row, String column, String found, String expected, Text message) {}
