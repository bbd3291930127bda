package io.jitapproval.test.elsewhere;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Events;

@DisplayName("policies from elsewhere: broken twins, of which each lacks one rule")
class TwinsTest {

    private static final Path POLICIES = Path.of("src/test/resources/elsewhere");
    private static final String RULE = "(?m)^(?=  - id: )";

    static Stream<Arguments> twins() throws IOException {
        List<Arguments> twins = new ArrayList<>();
        twins.addAll(twinsOf("teleport.yaml", TeleportTest.class));
        twins.addAll(twinsOf("teleport-ticket.yaml", TeleportTest.class));
        twins.addAll(twinsOf("hoop.yaml", HoopTest.class));
        twins.addAll(twinsOf("jit-groups.yaml", JitGroupsTest.class));
        return twins.stream();
    }

    private static List<Arguments> twinsOf(String policy, Class<?> test) throws IOException {
        String[] parts = Files.readString(POLICIES.resolve(policy)).split(RULE);
        List<Arguments> twins = new ArrayList<>();
        for (int left = 1; left < parts.length; left++) {
            List<String> rest = new ArrayList<>(List.of(parts));
            String rule = rest.remove(left).lines().findFirst().orElseThrow().replace("  - id: ", "");
            twins.add(Arguments.of(policy, rule, String.join("", rest), test));
        }
        return twins;
    }

    @ParameterizedTest(name = "{0} without {1}")
    @MethodSource("twins")
    void someTestFails(String policy, String rule, String twin, Class<?> test) throws ClassNotFoundException {
        assertThat(run(test, policy, twin).failed().count())
                .as("failures without %s", rule)
                .isPositive();
    }

    @ParameterizedTest
    @MethodSource("tests")
    @DisplayName("run in the same way, no test fails on the policy itself")
    void noTestFails(String policy, Class<?> test) throws Exception {
        Events events = run(test, policy, Files.readString(POLICIES.resolve(policy)));

        assertThat(events.started().count()).isGreaterThan(10);
        assertThat(events.failed().list()).isEmpty();
    }

    static Stream<Arguments> tests() {
        return Stream.of(
                Arguments.of("teleport.yaml", TeleportTest.class),
                Arguments.of("hoop.yaml", HoopTest.class),
                Arguments.of("jit-groups.yaml", JitGroupsTest.class));
    }

    private static Events run(Class<?> test, String policy, String twin) throws ClassNotFoundException {
        Class<?> copy = new OtherPolicy("elsewhere/" + policy, twin).loadClass(test.getName());
        return EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(copy))
                .execute()
                .testEvents();
    }

    /** Has a copy of each test of this package, and another document under the name of a policy. */
    private static final class OtherPolicy extends ClassLoader {

        private final String name;
        private final String text;

        OtherPolicy(String name, String text) {
            super(TwinsTest.class.getClassLoader());
            this.name = name;
            this.text = text;
        }

        @Override
        public InputStream getResourceAsStream(String resource) {
            return resource.equals(name)
                    ? new ByteArrayInputStream(text.getBytes(UTF_8))
                    : super.getResourceAsStream(resource);
        }

        @Override
        protected Class<?> loadClass(String type, boolean resolve) throws ClassNotFoundException {
            synchronized (getClassLoadingLock(type)) {
                if (!type.startsWith(TwinsTest.class.getPackageName() + ".")) {
                    return super.loadClass(type, resolve);
                }
                Class<?> loaded = findLoadedClass(type);
                return loaded == null ? copy(type) : loaded;
            }
        }

        private Class<?> copy(String type) throws ClassNotFoundException {
            try (InputStream in = super.getResourceAsStream(type.replace('.', '/') + ".class")) {
                if (in == null) {
                    throw new ClassNotFoundException(type);
                }
                byte[] code = in.readAllBytes();
                return defineClass(type, code, 0, code.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(type, e);
            }
        }
    }
}
