package io.channelwise.worker.training;

import io.channelwise.model.ModelStore;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;

/**
 * The training worker's beans. Needs the domain's beans and a {@link TrainingWorkerSettings}; run
 * its topics with one thread and one task a fetch.
 */
@Configuration(proxyBeanMethods = false)
@ComponentScan("io.channelwise.worker.training")
public class TrainingWorkers {

  @Bean
  ModelStore trainingModelStore(TrainingWorkerSettings settings) {
    return new ModelStore(settings.modelStore());
  }
}
