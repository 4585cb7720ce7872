package io.channelwise.processes;

import java.util.ArrayList;
import java.util.List;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.ProcessEngineConfiguration;
import org.camunda.bpm.engine.impl.bpmn.parser.BpmnParseListener;
import org.camunda.bpm.engine.impl.cfg.StandaloneInMemProcessEngineConfiguration;
import org.camunda.bpm.engine.repository.DeploymentBuilder;
import org.camunda.spin.plugin.impl.SpinProcessEnginePlugin;

/**
 * One engine for all tests of this module, set like the server's in everything that a model can
 * notice; the models are deployed once, as ONE deployment with bare file names, as the server does.
 */
final class TestEngine {

  static final Coverage COVERAGE = new Coverage();
  private static final ProcessEngine ENGINE = start();

  private TestEngine() {}

  static ProcessEngine get() {
    return ENGINE;
  }

  private static ProcessEngine start() {
    StandaloneInMemProcessEngineConfiguration configuration =
        new StandaloneInMemProcessEngineConfiguration();
    configuration.setJdbcUrl("jdbc:h2:mem:processes;DB_CLOSE_DELAY=-1");
    configuration.setDatabaseSchemaUpdate(ProcessEngineConfiguration.DB_SCHEMA_UPDATE_TRUE);
    configuration.setHistory(ProcessEngineConfiguration.HISTORY_FULL);
    configuration.setJobExecutorActivate(false);
    configuration.setMetricsEnabled(false);
    configuration.setEnableExceptionsAfterUnhandledBpmnError(true);
    configuration.setEnforceHistoryTimeToLive(true);
    // Else the outputs of a cancelled task are mapped too, and fail because there are none.
    configuration.setSkipOutputMappingOnCanceledActivities(true);
    configuration.getProcessEnginePlugins().add(new SpinProcessEnginePlugin());
    configuration.setCustomPostBPMNParseListeners(
        new ArrayList<BpmnParseListener>(List.of(COVERAGE)));
    ProcessEngine engine = configuration.buildProcessEngine();
    deployAll(engine);
    return engine;
  }

  private static void deployAll(ProcessEngine engine) {
    DeploymentBuilder deployment = engine.getRepositoryService().createDeployment();
    deployment.name("channelwise");
    Models.files().keySet().forEach(name -> deployment.addInputStream(name, Models.open(name)));
    deployment.deploy();
  }
}
