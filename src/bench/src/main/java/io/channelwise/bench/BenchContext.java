package io.channelwise.bench;

import io.channelwise.bench.measure.Table;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** What a benchmark is given: data, a folder to write to, options and a place for its results. */
public final class BenchContext {
  private final Options options;
  private final PrintWriter out;
  private final Figures figures = new Figures();

  /**
   * What the user chose.
   *
   * @param data folder of the data sets
   * @param work folder for models and checkpoints; each benchmark has one of its own inside
   * @param baseModels folder of imported base weights
   * @param full whether to take all the time that a thorough answer needs
   * @param seed of everything random
   * @param device {@code auto}, {@code cpu} or {@code gpu}
   * @param base name or directory of base weights where a benchmark lets one choose; may be null
   */
  public record Options(
      Path data, Path work, Path baseModels, boolean full, long seed, String device, String base) {}

  public BenchContext(Options options, PrintWriter out) {
    this.options = options;
    this.out = out;
  }

  /**
   * A file of a data set.
   *
   * @param path inside the data folder, such as {@code banking77/train.csv}
   * @param source where its publisher has it, for a person who has not
   * @throws BenchmarkUnavailableException when it is absent
   */
  public Path data(String path, String source) {
    Path file = options.data().resolve(path);
    if (!Files.isReadable(file)) {
      throw new BenchmarkUnavailableException(
          "The data file %s is absent; put the files of %s there, or name the folder of the data sets with --data DIR."
              .formatted(file.toAbsolutePath().normalize(), source));
    }
    return file;
  }

  /** A folder for the files of the benchmark, created if missing. */
  public Path work(String name) {
    try {
      return Files.createDirectories(options.work().resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException("Folder " + options.work() + " cannot be written to", e);
    }
  }

  /** Folder of imported base weights, shared by all runs of a user. */
  public Path baseModels() {
    return options.baseModels();
  }

  /** Whether to take all the time that a thorough answer needs. */
  public boolean full() {
    return options.full();
  }

  /** Of everything random. */
  public long seed() {
    return options.seed();
  }

  /** {@code auto}, {@code cpu} or {@code gpu}. */
  public String device() {
    return options.device();
  }

  /** The base weights that the user chose, else the ones given. */
  public String base(String otherwise) {
    return options.base() == null ? otherwise : options.base();
  }

  /** Where results are printed. */
  public PrintWriter out() {
    return out;
  }

  /** Prints one line at once, so that a person sees the work go on. */
  public void say(String format, Object... values) {
    out.println(String.format(Locale.ROOT, format, values));
    out.flush();
  }

  /** Prints a table at once. */
  public void say(Table table) {
    out.print(table.text());
    out.flush();
  }

  /** Where results are recorded. */
  public Figures figures() {
    return figures;
  }
}
