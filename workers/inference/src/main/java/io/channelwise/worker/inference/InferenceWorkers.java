package io.channelwise.worker.inference;

import io.channelwise.bert.Backend;
import io.channelwise.model.ModelRegistry;
import io.channelwise.model.ModelStore;
import io.channelwise.model.ReleaseSubscription;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;

/**
 * The inference worker's beans. Needs the domain's beans and an {@link InferenceSettings}; the
 * prediction API listens as soon as the context is up.
 */
@Configuration(proxyBeanMethods = false)
@ComponentScan("io.channelwise.worker.inference")
public class InferenceWorkers {

  @Bean(destroyMethod = "close")
  Predictor predictor(InferenceSettings settings, ModelRegistry registry) {
    return new Predictor(
        registry,
        new ModelStore(settings.modelStore()),
        settings.device(),
        settings.threads(),
        Backend.of(settings.backend()));
  }

  @Bean
  PurchasePredictor purchasePredictor(InferenceSettings settings, ModelRegistry registry) {
    return new PurchasePredictor(registry, new ModelStore(settings.modelStore()));
  }

  @Bean(destroyMethod = "close")
  PredictionServer predictionServer(
      InferenceSettings settings, Predictor predictor, PurchasePredictor purchases) {
    return PredictionServer.start(
        settings.host(), settings.port(), settings.token(), predictor, purchases);
  }

  @Bean(destroyMethod = "close")
  ReleaseSubscription releaseSubscription(
      @Qualifier("domainDataSource") DataSource dataSource, Predictor predictor) {
    return new ReleaseSubscription(dataSource, predictor::prepare);
  }
}
