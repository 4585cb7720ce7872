package io.channelwise.worker.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.channelwise.worker.runtime.Contract.None;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContractCheckTest {
  private static final String INNER =
      """
      <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"
          xmlns:camunda="http://camunda.org/schema/1.0/bpmn" targetNamespace="t">
        <process id="inner" isExecutable="true">
          <serviceTask id="Task_Demand" camunda:type="external" camunda:topic="research.demand">
            <extensionElements>
              <camunda:inputOutput>
                <camunda:inputParameter name="campaignKey">${campaignKey}</camunda:inputParameter>
                <camunda:inputParameter name="cycle">${cycle}</camunda:inputParameter>
                <camunda:outputParameter name="respondents">${respondents}</camunda:outputParameter>
              </camunda:inputOutput>
            </extensionElements>
          </serviceTask>
          <boundaryEvent id="Boundary_NoData" attachedToRef="Task_Demand">
            <errorEventDefinition errorRef="Error_NoData"/>
          </boundaryEvent>
          <subProcess id="Sub_NoMarket" triggeredByEvent="true">
            <startEvent id="Start_NoMarket"><errorEventDefinition errorRef="Error_NoMarket"/></startEvent>
          </subProcess>
        </process>
        <error id="Error_NoData" errorCode="NO_DATA"/>
        <error id="Error_NoMarket" errorCode="NO_MARKET"/>
      </definitions>
      """;
  private static final String OUTER =
      """
      <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="t">
        <process id="outer" isExecutable="true">
          <callActivity id="Call_Inner" calledElement="inner"/>
          <boundaryEvent id="Boundary_Stopped" attachedToRef="Call_Inner">
            <errorEventDefinition errorRef="Error_Stopped"/>
          </boundaryEvent>
        </process>
        <error id="Error_Stopped" errorCode="STOPPED"/>
      </definitions>
      """;

  @TempDir Path folder;

  record In(String campaignKey, Integer cycle) {}

  record Out(Integer respondents) {}

  record OtherIn(String campaignKey, String market) {}

  private ContractCheck check;

  @BeforeEach
  void writeModels() throws IOException {
    check =
        ContractCheck.of(
            List.of(
                Files.writeString(folder.resolve("inner.bpmn"), INNER),
                Files.writeString(folder.resolve("outer.bpmn"), OUTER)));
  }

  @Test
  void shouldFindNothing_whenTaskScopeAndCallerCatchEachCode() {
    Contract<In, Out> fitting =
        Contract.of("research.demand", In.class, Out.class, "NO_DATA", "NO_MARKET", "STOPPED");

    assertThat(check.differences(List.of(fitting))).isEmpty();
    assertThat(check.topicsWithoutContract(List.of(fitting))).isEmpty();
  }

  @Test
  void shouldTellAllDifferencesAtOnce() {
    Contract<OtherIn, None> wrong =
        Contract.of("research.demand", OtherIn.class, None.class, "NOBODY_CATCHES");
    Contract<In, None> unused = Contract.of("research.unused", In.class, None.class);

    assertThat(check.differences(List.of(wrong, unused)))
        .containsExactly(
            "inner.bpmn, Task_Demand (research.demand): input market of the contract is not mapped.",
            "inner.bpmn, Task_Demand (research.demand): input parameter cycle is not in the contract.",
            "inner.bpmn, Task_Demand (research.demand): output parameter respondents is not in the contract.",
            "inner.bpmn, Task_Demand (research.demand): error NOBODY_CATCHES is caught nowhere around the task.",
            "inner.bpmn, Task_Demand (research.demand): the task catches error NO_DATA, which the contract does not name.",
            "Topic research.unused is in no BPMN model.");
    assertThat(check.topicsWithoutContract(List.of(unused))).containsExactly("research.demand");
  }

  @Test
  void shouldSaySo_whenTheClassPathHoldsNoModel() {
    assertThatThrownBy(() -> ContractCheck.classpath("no-such-folder"))
        .hasMessageContaining("No *.bpmn is under no-such-folder/");
  }
}
