package io.channelwise.bench.measure;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Facts without which a figure says little: processor, memory, versions. */
public final class Machine {
  private static final Pattern LIBRARY =
      Pattern.compile(
          "(pytorch-native-[a-z0-9]+|pytorch-engine|onnxruntime|tribuo-core)-([0-9][^/]*?)"
              + "(-linux-x86_64)?\\.jar");
  private static final long KIBIBYTES_A_GIBIBYTE = 1 << 20;

  private Machine() {}

  /** Name and value of each fact, in the order they are printed. */
  public static Map<String, String> facts() {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("processor", field("/proc/cpuinfo", "model name", System.getProperty("os.arch")));
    facts.put("cores", Integer.toString(Runtime.getRuntime().availableProcessors()));
    facts.put("memory", memory());
    facts.put("system", System.getProperty("os.name") + " " + System.getProperty("os.version"));
    facts.put("java", System.getProperty("java.vm.name") + " " + Runtime.version());
    facts.putAll(libraries(System.getProperty("java.class.path")));
    return facts;
  }

  /** One line with all facts. */
  public static String line() {
    StringBuilder line = new StringBuilder();
    facts().forEach((name, value) -> line.append(name).append(' ').append(value).append("; "));
    return line.substring(0, line.length() - 2);
  }

  /**
   * Memory of a process that lies in RAM now, in bytes.
   *
   * @param pid of a running process on Linux
   * @throws IllegalStateException where the system does not tell
   */
  public static long residentBytes(long pid) {
    return status(pid, "VmRSS");
  }

  /**
   * The most memory of a process that lay in RAM since the last call, in bytes.
   *
   * @param pid of a running process of the same user on Linux
   * @throws IllegalStateException where the system does not tell
   */
  public static long takePeakResidentBytes(long pid) {
    long peak = status(pid, "VmHWM");
    try {
      // 5 sets the mark back (proc_pid_clear_refs(5)).
      Files.writeString(Path.of("/proc/" + pid + "/clear_refs"), "5");
    } catch (IOException e) {
      throw new IllegalStateException("The memory mark of process " + pid + " cannot be reset.", e);
    }
    return peak;
  }

  private static long status(long pid, String name) {
    String value = field("/proc/" + pid + "/status", name, "");
    if (value.isEmpty()) {
      throw new IllegalStateException("The memory of process " + pid + " cannot be read.");
    }
    return Long.parseLong(value.split(" ")[0]) * 1024;
  }

  static Map<String, String> libraries(String classPath) {
    Map<String, String> found = new LinkedHashMap<>();
    for (String entry : classPath.split(File.pathSeparator)) {
      Matcher matcher = LIBRARY.matcher(Path.of(entry).getFileName().toString());
      if (matcher.matches()) {
        found.put(matcher.group(1), matcher.group(2));
      }
    }
    return found;
  }

  private static String memory() {
    String total = field("/proc/meminfo", "MemTotal", "");
    return total.isEmpty()
        ? "unknown"
        : Math.round(Long.parseLong(total.split(" ")[0]) / (double) KIBIBYTES_A_GIBIBYTE) + " GiB";
  }

  private static String field(String file, String name, String otherwise) {
    try (var lines = Files.lines(Path.of(file))) {
      return lines
          .filter(line -> line.startsWith(name))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse(otherwise);
    } catch (IOException e) {
      return otherwise;
    }
  }
}
