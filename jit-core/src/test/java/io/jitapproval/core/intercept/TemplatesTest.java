package io.jitapproval.core.intercept;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jitapproval.ConfigurationProblem;
import io.jitapproval.Resource;
import io.jitapproval.core.intercept.GuardedMethod.Parameter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class TemplatesTest {

    enum Kind {
        SMALL {
            @Override
            public String toString() {
                return "tiny";
            }
        }
    }

    record Order(String id, Optional<Customer> customer, Kind kind, Object extra) {}

    record Box<T>(T content) {}

    static final class Customer {
        public String getNumber() {
            return "C7";
        }

        public long age() {
            return 3;
        }

        public String getBroken() {
            return Optional.<String>empty().orElseThrow(() -> new IllegalStateException("secret"));
        }

        public String getBlank() {
            return " ";
        }
    }

    interface HasId<T> {
        T id();
    }

    private interface HasStringId extends HasId<String> {}

    @SuppressWarnings("unused")
    private static void parameters(
            String text,
            long number,
            UUID uuid,
            Kind kind,
            Order order,
            Box<Order> box,
            Map<String, Order> orders,
            Map<String, Object> anything,
            Map<Kind, String> byKind,
            Map<Long, String> byNumber,
            Optional<String> optional,
            Object object,
            HasStringId hasId,
            Customer customer,
            boolean flag) {}

    private static final List<Parameter> PARAMETERS = Arrays.stream(TemplatesTest.class.getDeclaredMethods())
            .filter(method -> method.getName().equals("parameters"))
            .flatMap(method -> Arrays.stream(method.getParameters()))
            .map(parameter -> new Parameter(parameter.getName(), false, false, parameter.getParameterizedType()))
            .toList();

    private static ResourceTemplate template(String path) {
        Problems problems = new Problems();
        ResourceTemplate template = new TemplateReader(PARAMETERS, problems, "here").resource("order/{" + path + "}");
        assertThat(problems.toList()).isEmpty();
        return template;
    }

    private static String id(String path, Object argument) {
        String parameter = path.replaceAll("\\..*", "");
        Map<String, Object> arguments = new HashMap<>();
        arguments.put(parameter, argument);
        return template(path).resolve(arguments).id();
    }

    private static final Order ORDER = new Order("42", Optional.of(new Customer()), Kind.SMALL, Map.of("a", 1));

    @Test
    @DisplayName("values: String, number, UUID, enum constant by its name")
    void leaves() {
        UUID uuid = UUID.randomUUID();
        assertThat(id("text", "a/b")).isEqualTo("a/b");
        assertThat(id("number", 7L)).isEqualTo("7");
        assertThat(id("uuid", uuid)).isEqualTo(uuid.toString());
        assertThat(id("kind", Kind.SMALL)).isEqualTo("SMALL");
        assertThat(id("optional", Optional.of("x"))).isEqualTo("x");
        assertThat(id("object", 5)).isEqualTo("5");
    }

    @Test
    @DisplayName("paths: record components, getters, entries, Optionals, type variables")
    void paths() {
        assertThat(id("order.id", ORDER)).isEqualTo("42");
        assertThat(id("order.kind", ORDER)).isEqualTo("SMALL");
        assertThat(id("order.customer.number", ORDER)).isEqualTo("C7");
        assertThat(id("order.customer.age", ORDER)).isEqualTo("3");
        assertThat(id("order.extra.a", ORDER)).isEqualTo("1");
        assertThat(id("box.content.id", new Box<>(ORDER))).isEqualTo("42");
        assertThat(id("orders.first.id", Map.of("first", ORDER))).isEqualTo("42");
        assertThat(id("anything.order.id", Map.of("order", ORDER))).isEqualTo("42");
        assertThat(id("byKind.SMALL", Map.of(Kind.SMALL, "s"))).isEqualTo("s");
        assertThat(id("byKind.SMALL", new TreeMap<>(Map.of(Kind.SMALL, "s")))).isEqualTo("s");
        assertThat(id("hasId.id", (HasStringId) () -> "h")).isEqualTo("h");
        assertThat(id("object.id", ORDER)).isEqualTo("42");
    }

    @Test
    @DisplayName("the plain form of an argument gives the same as the argument")
    void plainForm() {
        Map<String, Object> plain = Map.of("id", "42", "kind", "SMALL", "customer", Map.of("number", "C7"));
        assertThat(id("order.id", plain)).isEqualTo("42");
        assertThat(id("order.kind", plain)).isEqualTo("SMALL");
        assertThat(id("order.customer.number", plain)).isEqualTo("C7");
        assertThat(id("box.content.id", Map.of("content", plain))).isEqualTo("42");
        assertThat(id("kind", "SMALL")).isEqualTo("SMALL");
    }

    @Test
    @DisplayName("literal text stands around values; the type is literal")
    void literals() {
        Problems problems = new Problems();
        TemplateReader reader = new TemplateReader(PARAMETERS, problems, "here");
        assertThat(reader.resource("order/eu-{text}-{number}/x").resolve(Map.of("text", "a", "number", 1)))
                .isEqualTo(Resource.of("order", "eu-a-1/x"));
        assertThat(reader.resource("config/global").resolve(Map.of())).isEqualTo(Resource.of("config", "global"));
        assertThat(reader.text("reason", "ticket {number}: {text}").render(Map.of("text", "a", "number", 1)))
                .isEqualTo("ticket 1: a");
        assertThat(problems.toList()).isEmpty();
    }

    @Test
    @DisplayName("wall 1: a resource with a missing value is none, and the exception tells no value")
    void unresolved() {
        Order bare = new Order(null, Optional.empty(), Kind.SMALL, List.of("secret"));
        for (String path :
                List.of("order.id", "order.customer.number", "order.extra", "order.extra.a", "order.extra.size")) {
            assertThatThrownBy(() -> id(path, bare))
                    .isInstanceOf(UnresolvedTemplateException.class)
                    .hasMessageContaining("'order/{" + path + "}'")
                    .hasMessageNotContaining("secret")
                    .hasNoCause()
                    .hasFieldOrPropertyWithValue("path", path)
                    .hasFieldOrPropertyWithValue("template", "order/{" + path + "}");
        }
        for (String path : List.of("customer.broken", "customer.blank")) {
            assertThatThrownBy(() -> id(path, new Customer()))
                    .isInstanceOf(UnresolvedTemplateException.class)
                    .hasMessageNotContaining("secret")
                    .hasNoCause();
        }
        assertThatThrownBy(() -> id("text", "\t")).isInstanceOf(UnresolvedTemplateException.class);
        assertThatThrownBy(() -> id("text", null)).isInstanceOf(UnresolvedTemplateException.class);
        assertThatThrownBy(() -> id("object", true)).isInstanceOf(UnresolvedTemplateException.class);
        assertThatThrownBy(() -> template("text").resolve(Collections.emptyMap()))
                .isInstanceOf(UnresolvedTemplateException.class);
    }

    private static String two(String id, String text, Object object) {
        Problems problems = new Problems();
        ResourceTemplate template = new TemplateReader(PARAMETERS, problems, "here").resource("acct/" + id);
        assertThat(problems.toList()).isEmpty();
        return template.resolve(Map.of("text", text, "object", object)).id();
    }

    @Test
    @DisplayName("wall 3: several values make one id each, however they are split")
    void oneIdEach() {
        assertThat(two("{text}-{object}", "de-1", "7")).isEqualTo("de%2D1-7");
        assertThat(two("{text}-{object}", "de", "1-7")).isEqualTo("de-1%2D7");
        assertThat(two("{text}-{object}", "de", -7)).isEqualTo("de-%2D7");
        assertThat(two("{text}-{object}", "a/b:c", "x y")).isEqualTo("a/b:c-x y");
        assertThat(two("{text}/items/{object}", "a/items", "tims%")).isEqualTo("a%2Fitems/items/tims%25");
    }

    @Test
    @DisplayName("wall 3: no two pairs of values share an id, whatever stands between, before and after them")
    void injective() {
        for (String template : List.of(
                "{text}-{object}",
                "{text}2{object}",
                "{text}D{object}",
                "{text}-%{object}",
                "{text}--{object}",
                "-{text}-2{object}-",
                "{text}-{object}2{text}")) {
            List<String> values = words("-%2D", 3);
            Map<String, String> seen = new HashMap<>();
            for (String one : values) {
                for (String other : values) {
                    String pair = one + " and " + other;
                    assertThat(seen.put(two(template, one, other), pair))
                            .as(template + " " + pair)
                            .isNull();
                }
            }
        }
    }

    private static List<String> words(String alphabet, int length) {
        List<String> words = new ArrayList<>();
        List<String> longest = List.of("");
        for (int i = 0; i < length; i++) {
            longest = longest.stream()
                    .flatMap(word -> alphabet.chars().mapToObj(letter -> word + (char) letter))
                    .toList();
            words.addAll(longest);
        }
        return words;
    }

    @Test
    @DisplayName("a single value stands in the id as it is")
    void single() {
        assertThat(id("text", "42")).isEqualTo("42");
        assertThat(id("text", "a/b-c%2D d")).isEqualTo("a/b-c%2D d");
        ResourceTemplate around = new TemplateReader(PARAMETERS, new Problems(), "here").resource("order/eu-{text}/x");
        assertThat(around.resolve(Map.of("text", "a-b/x%")).id()).isEqualTo("eu-a-b/x%/x");
    }

    @Test
    @DisplayName("wall 3: values that nothing separates are told at start")
    void inseparable() {
        for (String id :
                List.of("{text}{number}", "{text}%{number}", "{text}-{number}{uuid}", "{text}\u2013{number}")) {
            Problems problems = new Problems();
            new TemplateReader(PARAMETERS, problems, "here").resource("order/" + id);
            assertThat(problems.toList())
                    .as(id)
                    .extracting(ConfigurationProblem::code)
                    .containsExactly("JIT-A022");
        }
        Problems problems = new Problems();
        new TemplateReader(PARAMETERS, problems, "here").text("reason", "{text}{number}");
        assertThat(problems.toList()).as("people may read it").isEmpty();
    }

    @Test
    @DisplayName("half a reason is none")
    void missingReason() {
        TextTemplate reason = new TemplateReader(PARAMETERS, new Problems(), "here").text("reason", "for {text}");
        assertThat(reason.render(Map.of("text", "x"))).isEqualTo("for x");
        assertThat(reason.render(Map.of("text", " "))).isEmpty();
        assertThat(reason.render(Map.of())).isEmpty();
    }

    @Test
    @DisplayName("R10: paths that types rule out are told at start")
    void refused() {
        Map<String, String> codes = Map.of(
                "order.name", "JIT-A025",
                "order.class", "JIT-A025",
                "order.hashCode", "JIT-A025",
                "text.strip", "JIT-A025",
                "byNumber.1", "JIT-A025",
                "number.x", "JIT-A025",
                "order", "JIT-A026",
                "order.customer", "JIT-A026",
                "flag", "JIT-A026",
                "nobody.id", "JIT-A024");
        codes.forEach((path, code) -> {
            Problems problems = new Problems();
            new TemplateReader(PARAMETERS, problems, "here").resource("order/{" + path + "}");
            assertThat(problems.toList())
                    .as(path)
                    .extracting(ConfigurationProblem::code)
                    .containsExactly(code);
        });
    }
}
