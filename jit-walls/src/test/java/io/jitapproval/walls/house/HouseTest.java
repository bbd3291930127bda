package io.jitapproval.walls.house;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import io.jitapproval.spi.TimeSource;
import java.time.Clock;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Design §5 as rules: every arrow and wall of the house that exists so far. Each rule is also shown to fail on this module. */
@DisplayName("design §5: the house")
class HouseTest {

    private static final String CORE = "io.jitapproval.core";

    private static final JavaClasses HOUSE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.jitapproval");

    private static final JavaClasses BROKEN = new ClassFileImporter().importPackages("io.jitapproval.walls.house");

    @Test
    @DisplayName("the rules look at the whole house")
    void wholeHouse() {
        assertThat(Stream.of(
                        "io.jitapproval",
                        "io.jitapproval.spi",
                        CORE,
                        CORE + ".guard",
                        "io.jitapproval.test",
                        "io.jitapproval.cli"))
                .allSatisfy(
                        name -> assertThat(HOUSE.containPackage(name)).as(name).isTrue());
    }

    @TestFactory
    Stream<DynamicTest> arrows() {
        return Stream.of(
                        onlyUp("document", "io.jitapproval", "io.jitapproval.spi"),
                        onlyUp("network"),
                        onlyUp("policy", "io.jitapproval", "io.jitapproval.spi", CORE + ".document", CORE + ".network"),
                        onlyUp(
                                "analysis",
                                "io.jitapproval",
                                "io.jitapproval.spi",
                                CORE + ".document",
                                CORE + ".explain",
                                CORE + ".policy"),
                        noClasses()
                                .that(resideInAPackage(CORE + ".."))
                                .and(not(resideInAPackage(CORE + ".analysis")))
                                .should()
                                .dependOnClassesThat(resideInAPackage(CORE + ".analysis"))
                                .as("no decision depends on analysis"),
                        onlyUp(
                                "cases",
                                "io.jitapproval",
                                "io.jitapproval.spi",
                                CORE,
                                CORE + ".document",
                                CORE + ".people",
                                CORE + ".policy"),
                        onlyUp("people", "io.jitapproval", "io.jitapproval.spi", CORE + ".document", CORE + ".policy"),
                        noClasses()
                                .that(resideInAPackage(CORE + ".."))
                                .and(not(resideInAPackage(CORE + ".cases")))
                                .should()
                                .dependOnClassesThat(resideInAPackage(CORE + ".cases"))
                                .as("nothing of core depends on the tests of policies"),
                        noClasses()
                                .that(resideInAPackage(CORE + ".feedback.."))
                                .should()
                                .dependOnClassesThat(resideInAPackage("io.jitapproval..")
                                        .and(not(resideInAnyPackage(
                                                "io.jitapproval",
                                                "io.jitapproval.spi",
                                                CORE,
                                                CORE + ".document",
                                                CORE + ".explain",
                                                CORE + ".policy",
                                                CORE + ".feedback.."))))
                                .as("the feedback loop reads the record and policy, and knows nothing of the engine"),
                        noClasses()
                                .that(resideInAPackage(CORE + ".."))
                                .and(not(resideInAnyPackage(CORE, CORE + ".feedback..")))
                                .should()
                                .dependOnClassesThat(resideInAPackage(CORE + ".feedback.."))
                                .as("wall 16: nothing of the engine depends on the feedback loop"),
                        onlyUp("approval", "io.jitapproval", "io.jitapproval.spi"),
                        onlyUp("grant", "io.jitapproval", "io.jitapproval.spi"),
                        onlyUp("audit", "io.jitapproval", "io.jitapproval.spi"),
                        onlyUp("binding", "io.jitapproval", "io.jitapproval.spi"),
                        onlyUp("intercept", "io.jitapproval", "io.jitapproval.spi"),
                        onlyUp("explain", "io.jitapproval"),
                        onlyUp("channel", "io.jitapproval", "io.jitapproval.spi", CORE + ".explain", CORE + ".network"),
                        noClasses()
                                .that(resideInAnyPackage("io.jitapproval", "io.jitapproval.spi"))
                                .should()
                                .dependOnClassesThat(not(resideInAnyPackage(
                                        "io.jitapproval", "io.jitapproval.spi", "java..", "org.jspecify..")))
                                .as("the API stands on the JDK and nullness annotations alone"),
                        noClasses()
                                .that(resideInAPackage(CORE + ".."))
                                .should()
                                .dependOnClassesThat(resideInAnyPackage(
                                        "java.sql..",
                                        "javax.sql..",
                                        "java.net.http..",
                                        "com.sun.net..",
                                        "org.springframework.."))
                                .as("no Spring, JDBC or HTTP in core"),
                        noClasses()
                                .that(resideInAPackage(CORE + ".."))
                                .should()
                                .dependOnClassesThat(resideInAnyPackage(
                                        "io.jitapproval.test..", "io.jitapproval.spring..", "io.jitapproval.cli.."))
                                .as("core knows neither the test kit, nor an adapter, nor the command"),
                        noClasses()
                                .that(resideInAPackage("io.jitapproval.cli.."))
                                .should()
                                .dependOnClassesThat(resideInAnyPackage(
                                        "io.jitapproval.test..", "io.jitapproval.spring..", "java.net.http.."))
                                .as("the command stands on core alone and calls nobody"),
                        slices().matching("io.jitapproval.core.(*)..").should().beFreeOfCycles())
                .map(rule -> DynamicTest.dynamicTest(rule.getDescription(), () -> rule.check(HOUSE)));
    }

    private static ArchRule onlyUp(String name, String... allowed) {
        return noClasses()
                .that(resideInAPackage(CORE + "." + name))
                .should()
                .dependOnClassesThat(resideInAPackage("io.jitapproval..")
                        .and(not(resideInAnyPackage(allowed)))
                        .and(not(resideInAPackage(CORE + "." + name))))
                .as(name + " knows nothing of the other rooms of core");
    }

    private static ArchRule oneClock() {
        return noClasses()
                .that(resideInAPackage("io.jitapproval.."))
                .and(not(com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo(TimeSource.class)))
                .should()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(Clock.class, "systemUTC")
                .as("wall 7: nobody but a time source reads the system's clock");
    }

    private static ArchRule noSleep() {
        return noClasses()
                .should()
                .callMethod(Thread.class, "sleep", long.class)
                .as("nobody sleeps");
    }

    private static ArchRule noMonitors() {
        return methods()
                .that()
                .areDeclaredInClassesThat()
                .resideInAPackage("io.jitapproval..")
                .should()
                .notHaveModifier(JavaModifier.SYNCHRONIZED)
                .as("R62: no synchronized methods: they pin virtual threads of JDK 21 to 23");
    }

    private static ArchRule fewPublicTypes() {
        return classes()
                .that()
                .resideInAPackage(CORE + ".guard")
                .and()
                .arePublic()
                .should()
                .haveNameMatching(".*\\.(DefaultGuard|GuardSettings|PolicySettings|Inside)")
                .as("the guard's insides are package-private");
    }

    @TestFactory
    Stream<DynamicTest> habits() {
        return Stream.of(oneClock(), noSleep(), noMonitors(), fewPublicTypes())
                .map(rule -> DynamicTest.dynamicTest(rule.getDescription(), () -> rule.check(HOUSE)));
    }

    @TestFactory
    @DisplayName("broken twin: each habit fails on code that has not got it")
    Stream<DynamicTest> twins() {
        return Stream.of(oneClock(), noSleep(), noMonitors())
                .map(rule -> DynamicTest.dynamicTest(
                        rule.getDescription(),
                        () -> assertThatThrownBy(() -> rule.check(BROKEN)).isInstanceOf(AssertionError.class)));
    }

    /** Breaks every habit; never called. */
    @SuppressWarnings("unused")
    private static final class Slovenly {

        synchronized Instant idle(long millis) throws InterruptedException {
            Thread.sleep(millis);
            return Instant.now();
        }
    }
}
