package io.channelwise.server.engine;

import org.camunda.bpm.engine.ProcessEngineConfiguration;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.spring.boot.starter.configuration.impl.AbstractCamundaConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;

/** How the engine behaves, beyond what its Spring Boot properties can say. */
@Configuration(proxyBeanMethods = false)
class EngineConfiguration {

  @Bean
  @Order(100)
  AbstractCamundaConfiguration engineSettings() {
    return new Settings();
  }

  private static final class Settings extends AbstractCamundaConfiguration {
    @Override
    public void preInit(ProcessEngineConfigurationImpl engine) {
      // An error nobody catches must stand in Cockpit, not end the execution silently.
      engine.setEnableExceptionsAfterUnhandledBpmnError(true);
      engine.setHistoryRemovalTimeStrategy(
          ProcessEngineConfiguration.HISTORY_REMOVAL_TIME_STRATEGY_START);
      engine.setHistoryTimeToLive("P365D");
      engine.setHistoryCleanupBatchWindowStartTime("02:00");
      engine.setHistoryCleanupBatchWindowEndTime("04:00");
      // A task cancelled by an error or a timer has no outputs to map.
      engine.setSkipOutputMappingOnCanceledActivities(true);
      engine.setTaskMetricsEnabled(false);
      engine.setFailedJobRetryTimeCycle("PT5S,PT30S,PT2M");
      // The default allows letters and digits only, which would forbid our groups' names.
      engine.setGeneralResourceWhitelistPattern("[a-zA-Z0-9][a-zA-Z0-9._@-]{0,63}");
      // Each wrong password doubles the delay, up to a minute. No lock for ever: with one, anybody
      // could keep the administrator out.
      engine.setLoginMaxAttempts(1_000_000);
      engine.setAuthorizationEnabled(true);
      engine.setAuthorizationEnabledForCustomCode(false);
    }
  }
}
