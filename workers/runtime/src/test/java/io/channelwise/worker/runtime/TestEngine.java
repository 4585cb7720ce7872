package io.channelwise.worker.runtime;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.rest.impl.FetchAndLockContextListener;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.spring.boot.starter.configuration.Ordering;
import org.camunda.bpm.spring.boot.starter.configuration.impl.AbstractCamundaConfiguration;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.web.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;

/** A real engine with its REST API on 127.0.0.1, on H2; can be stopped and started again. */
final class TestEngine implements AutoCloseable {
  private final String jdbcUrl;
  private final FaultFilter faults = new FaultFilter();
  private ConfigurableApplicationContext context;
  private int port;

  private TestEngine(String jdbcUrl) {
    this.jdbcUrl = jdbcUrl;
  }

  static TestEngine inMemory() {
    TestEngine engine = new TestEngine("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
    engine.start();
    return engine;
  }

  static TestEngine onFile(java.nio.file.Path folder) {
    TestEngine engine = new TestEngine("jdbc:h2:file:" + folder.resolve("engine"));
    engine.start();
    return engine;
  }

  /** Starts on the port of before, or on a free one. */
  void start() {
    SpringApplication application = new SpringApplication(App.class);
    application.addInitializers(
        applicationContext ->
            applicationContext.getBeanFactory().registerSingleton("faults", faults));
    List<String> settings = new ArrayList<>();
    settings.add("--server.address=127.0.0.1");
    settings.add("--server.port=" + port);
    settings.add("--spring.datasource.url=" + jdbcUrl);
    settings.add("--spring.main.banner-mode=off");
    settings.add("--camunda.bpm.job-execution.enabled=true");
    settings.add("--camunda.bpm.auto-deployment-enabled=false");
    settings.add("--camunda.bpm.metrics.enabled=false");
    settings.add("--camunda.bpm.default-serialization-format=application/json");
    settings.add("--camunda.bpm.default-number-of-retries=1");
    settings.add("--logging.level.org.camunda.bpm.client=OFF");
    settings.add("--logging.level.org.camunda.bpm.engine=ERROR");
    context = application.run(settings.toArray(String[]::new));
    port = ((ServletWebServerApplicationContext) context).getWebServer().getPort();
  }

  void stop() {
    context.close();
    LongPolling.forget();
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + port + "/engine-rest");
  }

  FaultFilter faults() {
    return faults;
  }

  ProcessEngine engine() {
    return context.getBean(ProcessEngine.class);
  }

  void deploy(BpmnModelInstance model) {
    engine().getRepositoryService().createDeployment().addModelInstance("p.bpmn", model).deploy();
  }

  String startProcess(String key, String businessKey, Map<String, Object> variables) {
    return engine()
        .getRuntimeService()
        .startProcessInstanceByKey(key, businessKey, variables)
        .getId();
  }

  boolean isEnded(String instanceId) {
    return engine()
            .getRuntimeService()
            .createProcessInstanceQuery()
            .processInstanceId(instanceId)
            .count()
        == 0;
  }

  Object historicVariable(String instanceId, String name) {
    var variable =
        engine()
            .getHistoryService()
            .createHistoricVariableInstanceQuery()
            .processInstanceId(instanceId)
            .variableName(name)
            .orderByCreationTime()
            .desc()
            .list();
    return variable.isEmpty() ? null : variable.get(0).getValue();
  }

  List<String> incidents(String instanceId) {
    return engine()
        .getRuntimeService()
        .createIncidentQuery()
        .processInstanceId(instanceId)
        .list()
        .stream()
        .map(incident -> incident.getIncidentMessage())
        .toList();
  }

  @Override
  public void close() {
    stop();
  }

  /** Camunda keeps one long-polling thread a JVM and does not start it for a second engine. */
  private static final class LongPolling extends FetchAndLockContextListener {
    static void forget() {
      fetchAndLockHandler = null;
    }
  }

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  static class App {
    @Bean
    FilterRegistrationBean<FaultFilter> faultFilter(FaultFilter faults) {
      FilterRegistrationBean<FaultFilter> registration = new FilterRegistrationBean<>(faults);
      registration.setAsyncSupported(true);
      registration.addUrlPatterns("/engine-rest/*");
      registration.setOrder(-1000);
      return registration;
    }

    @Bean
    @Order(Ordering.DEFAULT_ORDER + 1)
    AbstractCamundaConfiguration strictErrors() {
      return new AbstractCamundaConfiguration() {
        @Override
        public void preInit(ProcessEngineConfigurationImpl configuration) {
          configuration.setEnableExceptionsAfterUnhandledBpmnError(true);
          // Else a boundary event or a cancellation fails on the outputs that are not there yet.
          configuration.setSkipOutputMappingOnCanceledActivities(true);
          configuration.setEnforceHistoryTimeToLive(false);
        }
      };
    }
  }
}
