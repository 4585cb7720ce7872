package io.channelwise.launcher;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import org.springframework.stereotype.Repository;

/** The walls of the house: who may know whom. */
@AnalyzeClasses(packages = "io.channelwise", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
  private static final String[] DOMAIN = {
    "io.channelwise.campaign..",
    "io.channelwise.research..",
    "io.channelwise.channel..",
    "io.channelwise.attribution..",
    "io.channelwise.negotiation..",
    "io.channelwise.deal..",
    "io.channelwise.plan..",
    "io.channelwise.allocation..",
    "io.channelwise.steering..",
    "io.channelwise.probability..",
    "io.channelwise.promotion..",
    "io.channelwise.replay..",
    "io.channelwise.support..",
    "io.channelwise.feedback..",
    "io.channelwise.model..",
    "io.channelwise.domain.."
  };

  @ArchTest
  static final ArchRule engineIsKnownToServerAndRuntimeAlone =
      noClasses()
          .that()
          .resideOutsideOfPackages("io.channelwise.server..", "io.channelwise.worker.runtime..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.camunda..")
          .because(
              "a move to Operaton must stay a rename; go through the worker runtime or the server");

  @ArchTest
  static final ArchRule domainKnowsNobody =
      noClasses()
          .that()
          .resideInAnyPackage(DOMAIN)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.channelwise.server..",
              "io.channelwise.worker..",
              "io.channelwise.bert..",
              "io.channelwise.launcher..",
              "ai.djl..",
              "java.net.http..",
              "org.springframework.web..",
              "jakarta.servlet..")
          .because("the domain is plain Java and SQL; engines, models and HTTP come from outside");

  @ArchTest
  static final ArchRule bertKnowsNobody =
      noClasses()
          .that()
          .resideInAPackage("io.channelwise.bert..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.channelwise.server..",
              "io.channelwise.worker..",
              "io.channelwise.launcher..",
              "io.channelwise.campaign..",
              "java.sql..",
              "org.springframework..")
          .because("an ML engineer uses the library alone, without database, engine or Spring");

  @ArchTest
  static final ArchRule nativeTensorsStayInBert =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.channelwise.bert..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("ai.djl..")
          .because("DJL's memory scopes are handled in one place; use io.channelwise.bert");

  @ArchTest
  static final ArchRule workersDoNotKnowTheServer =
      noClasses()
          .that()
          .resideInAPackage("io.channelwise.worker..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.channelwise.server..", "io.channelwise.launcher..")
          .because("a worker runs on another machine and talks to the engine over REST");

  @ArchTest
  static final ArchRule growthDoesNotKnowBert =
      noClasses()
          .that()
          .resideInAPackage("io.channelwise.worker..")
          .and()
          .resideOutsideOfPackages(
              "io.channelwise.worker.training..", "io.channelwise.worker.inference..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.channelwise.bert..")
          .because("business workers start without native libraries");

  @ArchTest
  static final ArchRule nobodyKnowsTheLauncher =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.channelwise.launcher..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.channelwise.launcher..")
          .because("the launcher puts the parts together and is needed by none");

  @ArchTest
  static final ArchRule repositoriesStayAtHome =
      classes()
          .that()
          .areAnnotatedWith(Repository.class)
          .should()
          .bePackagePrivate()
          .because("a domain's tables are read and written by that domain alone; offer a service");

  @ArchTest
  static final ArchRule domainsHaveNoCycles =
      slices()
          .matching(
              "io.channelwise.(campaign|research|channel|attribution|negotiation|deal|plan|allocation|steering|promotion|support|feedback|model)..")
          .should()
          .beFreeOfCycles()
          .because("two domains that need each other are one, or lack a third");
}
