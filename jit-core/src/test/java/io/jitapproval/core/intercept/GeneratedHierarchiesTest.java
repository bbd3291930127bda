package io.jitapproval.core.intercept;

import static org.assertj.core.api.Assertions.assertThat;

import io.jitapproval.core.intercept.AnnotationScanner.Scan;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class GeneratedHierarchiesTest {

    private static final String ANNOTATION = "@io.jitapproval.RequiresJitApproval(action = \"a\") ";
    private static final AnnotationScanner SCANNER = new AnnotationScanner(type -> List.of(), List.of());

    private enum Place {
        INTERFACE,
        SUB_INTERFACE,
        BASE,
        MIDDLE,
        LEAF,
        INTERFACE_TYPE,
        BASE_TYPE,
        LEAF_TYPE
    }

    private enum Bound {
        NONE("", "Integer", "Object"),
        CLASS("extends Number", "Integer", "Number"),
        ITSELF("extends Comparable<T>", "Integer", "Comparable");

        private final String text;
        private final String argument;
        private final String erased;

        Bound(String text, String argument, String erased) {
            this.text = text;
            this.argument = argument;
            this.erased = erased;
        }
    }

    private enum Leaf {
        CONCRETE,
        OPEN,
        RAW
    }

    @Test
    @DisplayName("R09: wall 13: an annotation is found at each place of 288 generated hierarchies")
    void everywhere() throws Exception {
        Map<String, String> sources = new LinkedHashMap<>();
        for (Place place : Place.values()) {
            for (Bound bound : Bound.values()) {
                for (Leaf leaf : Leaf.values()) {
                    for (int flags = 0; flags < 4; flags++) {
                        String name = "H" + sources.size();
                        sources.put("generated." + name, source(name, place, bound, leaf, flags));
                    }
                }
            }
        }
        assertThat(sources).hasSize(288);
        ClassLoader loader = Sources.compile(sources, "-parameters");
        for (Map.Entry<String, String> entry : sources.entrySet()) {
            check(loader, entry.getKey(), entry.getValue());
        }
    }

    private static String source(String name, Place place, Bound bound, Leaf leaf, int flags) {
        boolean baseImplements = (flags & 1) != 0;
        boolean covariant = (flags & 2) != 0;
        boolean overriddenBelow = baseImplements != covariant;
        String wide = covariant ? "Object" : "String";
        String variable = "<T " + bound.text + ">";
        String argument = switch (leaf) {
            case CONCRETE -> bound.argument;
            case OPEN -> "T";
            case RAW -> bound.erased;
        };
        String given = leaf == Leaf.RAW ? "" : "<" + argument + ">";
        String run = " run(" + argument + " order) { ran++; return \"\"; }\n";
        return "package generated;\n@SuppressWarnings(\"all\")\npublic class " + name + " {\n"
                + "public static int ran;\n"
                + at(place, Place.INTERFACE_TYPE) + "public interface I" + variable + " { "
                + at(place, Place.INTERFACE) + wide + " run(T order); }\n"
                + "public interface J" + variable + " extends I<T> { "
                + (place == Place.SUB_INTERFACE ? ANNOTATION + wide + " run(T order);" : "") + " }\n"
                + at(place, Place.BASE_TYPE) + "public static abstract class Base" + variable
                + (baseImplements ? " implements J<T>" : "") + " { "
                + at(place, Place.BASE) + "public abstract " + wide + " run(T order); }\n"
                + "public static abstract class Middle<X, T " + bound.text + "> extends Base<T> { "
                + (place == Place.MIDDLE ? ANNOTATION + "public abstract String run(T order);" : "") + " }\n"
                + at(place, Place.LEAF_TYPE) + "public static class Leaf" + (leaf == Leaf.OPEN ? variable : "")
                + " extends Middle" + (leaf == Leaf.RAW ? "" : "<String, " + argument + ">")
                + (baseImplements ? "" : " implements J" + given) + " { "
                + at(place, Place.LEAF) + "public String" + run + " }\n"
                + "public static class Below" + (leaf == Leaf.OPEN ? variable : "") + " extends Leaf"
                + (leaf == Leaf.OPEN ? given : "") + " { "
                + (overriddenBelow ? "public String" + run : "") + " }\n}\n";
    }

    private static String at(Place place, Place wanted) {
        return place == wanted ? ANNOTATION : "";
    }

    private static void check(ClassLoader loader, String name, String source) throws Exception {
        Class<?> target = loader.loadClass(name + "$Below");
        Class<?> type = loader.loadClass(name + "$J");
        Field ran = loader.loadClass(name).getField("ran");

        Scan scan = SCANNER.scanInterface(type, target);
        assertThat(scan.problems()).as(source).isEmpty();
        List<String> asked = new ArrayList<>();
        Object proxy = protect(type, target.getConstructor().newInstance(), scan, (method, args, proceed) -> {
            asked.add(method.action());
            return asked.size() == 1 ? "refused" : proceed.proceed(args);
        });
        Method run = loader.loadClass(name + "$I").getMethods()[0];
        assertThat(run.invoke(proxy, 1)).as(source).isEqualTo("refused");
        assertThat(ran.getInt(null)).as(source).isZero();
        assertThat(run.invoke(proxy, 1)).as(source).isEqualTo("");
        assertThat(ran.getInt(null)).as(source).isEqualTo(1);
        assertThat(asked).containsExactly("a", "a");

        Scan forClass = SCANNER.scanClass(target);
        assertThat(forClass.problems()).as(source).isEmpty();
        for (Class<?> level : List.of(target, type, target.getSuperclass(), loader.loadClass(name + "$Base"))) {
            for (Method method : level.getMethods()) {
                boolean guarded = forClass.find(method) != null;
                assertThat(guarded)
                        .as("%s in %s", method, source)
                        .isEqualTo(method.getName().equals("run"));
            }
        }
    }

    @SuppressWarnings("unchecked")
    private static <T> Object protect(Class<T> type, Object target, Scan scan, MethodCallGuard guard) {
        return InterfaceProxies.protect(type, (T) target, scan, guard);
    }

    @Test
    @DisplayName("R09: wall 13: bridges lead on where class files have lost their generic signatures")
    void withoutSignatures() throws Exception {
        ClassLoader loader = Sources.compile(
                Map.of(
                        "stripped.Op",
                        "package stripped; public interface Op<T> { " + ANNOTATION + "void run(T order); }",
                        "stripped.Leaf",
                        "package stripped; public class Leaf implements Op<String> { public void run(String order) {} "
                                + "public void other(String order) {} public void run(String a, String b) {} }"),
                GeneratedHierarchiesTest::withoutSignatureAttribute,
                "-parameters");
        Class<?> leaf = loader.loadClass("stripped.Leaf");
        assertThat(leaf.getGenericInterfaces()[0]).isInstanceOf(Class.class);

        Scan scan = SCANNER.scanClass(leaf);

        assertThat(scan.problems()).isEmpty();
        assertThat(scan.find(leaf.getMethod("run", Object.class))).isNotNull();
        assertThat(scan.find(leaf.getMethod("run", String.class))).isNotNull();
        assertThat(scan.find(leaf.getMethod("other", String.class))).isNull();
        assertThat(scan.find(leaf.getMethod("run", String.class, String.class))).isNull();
    }

    /** The virtual machine ignores an attribute that it does not know. */
    private static byte[] withoutSignatureAttribute(byte[] bytes) {
        String latin = new String(bytes, StandardCharsets.ISO_8859_1);
        return latin.replace("Signature", "Forgotten").getBytes(StandardCharsets.ISO_8859_1);
    }
}
