package io.channelwise.launcher.model;

import io.channelwise.bert.Columns;
import picocli.CommandLine.Option;

/** Where the texts of examples are found in a file. */
final class TextColumns {
  @Option(
      names = "--text-column",
      defaultValue = "text",
      paramLabel = "NAME",
      description =
          "Column of the texts. Of tagged words: the number of the column of the words, from 1; by"
              + " default found. Default: ${DEFAULT-VALUE}.")
  private String text;

  @Option(
      names = "--pair-column",
      paramLabel = "NAME",
      description = "Column of the second texts, read together with the first (task pair).")
  private String pair;

  /** With the labels in these columns. */
  Columns labelled(String label, String separator) {
    return new Columns(text, pair, label, separator);
  }

  /** Of a file whose labels, if there are any, are not read. */
  Columns alone() {
    return labelled("", Columns.LABEL_SEPARATOR);
  }
}
