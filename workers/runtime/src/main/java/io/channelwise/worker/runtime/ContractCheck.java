package io.channelwise.worker.runtime;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Compares contracts with the BPMN models: parameter names of each service task against the record
 * components, both ways, and error codes against the events that catch them. For tests; it reads
 * files only.
 *
 * <pre>{@code
 * assertThat(ContractCheck.classpath("processes").differences(contracts)).isEmpty();
 * }</pre>
 */
public final class ContractCheck {
  private final List<BpmnFile> files;

  private ContractCheck(List<BpmnFile> files) {
    this.files = List.copyOf(files);
  }

  /**
   * Every {@code *.bpmn} under a folder of the class path, in jars too.
   *
   * @throws IllegalStateException when there is none
   */
  public static ContractCheck classpath(String folder) {
    try {
      List<BpmnFile> files = BpmnFile.onClasspath(folder);
      if (files.isEmpty()) {
        throw new IllegalStateException(
            "No *.bpmn is under %s/ on the class path; add the processes module to the test scope."
                .formatted(folder));
      }
      return new ContractCheck(files);
    } catch (IOException e) {
      throw new UncheckedIOException("Could not read the BPMN models under " + folder, e);
    }
  }

  /** The given files. */
  public static ContractCheck of(Collection<Path> paths) {
    try {
      List<BpmnFile> files = new ArrayList<>();
      for (Path path : paths) {
        files.add(BpmnFile.read(path));
      }
      return new ContractCheck(files);
    } catch (IOException e) {
      throw new UncheckedIOException("Could not read the BPMN models " + paths, e);
    }
  }

  /** All differences, each a sentence that names file, task and topic; empty when there is none. */
  public List<String> differences(Collection<? extends Contract<?, ?>> contracts) {
    List<String> differences = new ArrayList<>();
    for (Contract<?, ?> contract : contracts) {
      boolean used = false;
      for (BpmnFile file : files) {
        for (BpmnFile.ExternalTask task : file.tasks()) {
          if (task.topic().equals(contract.topic())) {
            used = true;
            compare(contract, file, task, differences);
          }
        }
      }
      if (!used) {
        differences.add("Topic %s is in no BPMN model.".formatted(contract.topic()));
      }
    }
    return differences;
  }

  /** Topics of the models that none of the contracts serves. */
  public Set<String> topicsWithoutContract(Collection<? extends Contract<?, ?>> contracts) {
    Set<String> topics = new TreeSet<>();
    files.forEach(file -> file.tasks().forEach(task -> topics.add(task.topic())));
    contracts.forEach(contract -> topics.remove(contract.topic()));
    return topics;
  }

  private void compare(
      Contract<?, ?> contract,
      BpmnFile file,
      BpmnFile.ExternalTask task,
      List<String> differences) {
    String where = "%s, %s (%s)".formatted(file.name(), task.id(), task.topic());
    compareNames(where, "input", names(contract.input()), task.inputs(), differences);
    compareNames(where, "output", names(contract.output()), task.outputs(), differences);
    for (String code : contract.errorCodes()) {
      if (!task.caught().contains(code)
          && !task.caught().contains(BpmnFile.ANY)
          && !caughtByCallers(file, code)) {
        differences.add("%s: error %s is caught nowhere around the task.".formatted(where, code));
      }
    }
    for (String code : task.caughtAtTask()) {
      if (!code.equals(BpmnFile.ANY) && !contract.errorCodes().contains(code)) {
        differences.add(
            "%s: the task catches error %s, which the contract does not name."
                .formatted(where, code));
      }
    }
  }

  private boolean caughtByCallers(BpmnFile file, String code) {
    return files.stream()
        .flatMap(caller -> caller.calls().stream())
        .filter(call -> file.processKeys().contains(call.calledProcess()))
        .anyMatch(call -> call.caught().contains(code) || call.caught().contains(BpmnFile.ANY));
  }

  private static void compareNames(
      String where, String kind, Set<String> contract, Set<String> model, List<String> found) {
    for (String name : contract) {
      if (!model.contains(name)) {
        found.add("%s: %s %s of the contract is not mapped.".formatted(where, kind, name));
      }
    }
    for (String name : model) {
      if (!contract.contains(name)) {
        found.add("%s: %s parameter %s is not in the contract.".formatted(where, kind, name));
      }
    }
  }

  private static Set<String> names(Class<? extends Record> type) {
    return Arrays.stream(Variables.names(type)).collect(Collectors.toCollection(TreeSet::new));
  }
}
