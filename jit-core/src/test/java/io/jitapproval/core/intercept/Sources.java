package io.jitapproval.core.intercept;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.StringWriter;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Compiles classes while a test runs, for those that no compiler of this build would make. */
final class Sources {

    private Sources() {}

    static ClassLoader compile(Map<String, String> sources, String... options) throws Exception {
        return compile(sources, bytes -> bytes, options);
    }

    /** Compiles, changes the class files, and loads them. */
    static ClassLoader compile(Map<String, String> sources, UnaryOperator<byte[]> change, String... options)
            throws Exception {
        Map<String, ByteArrayOutputStream> classes = new HashMap<>();
        var compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter log = new StringWriter();
        List<JavaFileObject> units = new ArrayList<>();
        sources.forEach((name, source) -> units.add(new Source(name, source)));
        List<String> all = new ArrayList<>(
                List.of("-proc:none", "-Xlint:none", "-nowarn", "-cp", System.getProperty("java.class.path")));
        all.addAll(List.of(options));
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            JavaFileManager memory = new InMemory(files, classes);
            boolean done = compiler.getTask(log, memory, null, all, null, units).call();
            assertThat(done).as(log.toString()).isTrue();
        }
        return new ClassLoader(Sources.class.getClassLoader()) {
            @Override
            protected Class<?> findClass(String name) throws ClassNotFoundException {
                ByteArrayOutputStream compiled = classes.get(name);
                if (compiled == null) {
                    throw new ClassNotFoundException(name);
                }
                byte[] bytes = change.apply(compiled.toByteArray());
                return defineClass(name, bytes, 0, bytes.length);
            }
        };
    }

    private static final class Source extends SimpleJavaFileObject {

        private final String text;

        Source(String name, String text) {
            super(URI.create("memory:///" + name.replace('.', '/') + ".java"), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }

    private static final class InMemory extends ForwardingJavaFileManager<StandardJavaFileManager> {

        private final Map<String, ByteArrayOutputStream> classes;

        InMemory(StandardJavaFileManager files, Map<String, ByteArrayOutputStream> classes) {
            super(files);
            this.classes = classes;
        }

        @Override
        public JavaFileObject getJavaFileForOutput(
                Location location, String name, JavaFileObject.Kind kind, FileObject sibling) {
            return new SimpleJavaFileObject(URI.create("memory:///" + name.replace('.', '/') + ".class"), kind) {
                @Override
                public OutputStream openOutputStream() {
                    ByteArrayOutputStream out = new ByteArrayOutputStream();
                    classes.put(name, out);
                    return out;
                }
            };
        }
    }
}
