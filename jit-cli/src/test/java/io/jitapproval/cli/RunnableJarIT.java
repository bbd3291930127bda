package io.jitapproval.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Run after the jar is packed; {@code jit.jar} is a property of the build. */
@DisplayName("the one jar runs by itself")
class RunnableJarIT {

    private static final Path JAR = Path.of(System.getProperty("jit.jar", "target/jit.jar"));
    private static final String INPUTS = "src/test/resources/cli/inputs/";

    @TempDir
    Path directory;

    @Test
    @DisplayName("it answers as the command inside this process, in UTF-8 whatever the platform thinks")
    void eval() throws IOException, InterruptedException {
        String in =
                Files.readString(Path.of(INPUTS + "requests.jsonl")).replace("payment.refund", "zahlung.\u00e4ndern")
                        + "{\"nonsense\u00e4\"\n";
        String[] args = {"eval", "--policy", INPUTS + "policy.json", "--time", "2026-11-21T12:00:00Z"};
        Run here = Run.with(in, args);
        assertThat(here.exit()).isEqualTo(2);
        assertThat(process(in, args)).isEqualTo(here);
    }

    @Test
    @DisplayName("it lays YAML out, says its version, and gives every exit code")
    void commands() throws IOException, InterruptedException {
        assertThat(process("", "fmt", INPUTS + "messy.yaml")).isEqualTo(Run.of("fmt", INPUTS + "messy.yaml"));
        assertThat(process("", "lint", INPUTS + "bad-policy.yaml").exit()).isEqualTo(1);
        assertThat(process("", "init", directory.toString()).exit()).isZero();
        assertThat(process("", "schema").out())
                .isEqualTo(Files.readString(Path.of("../jit-core/src/main/resources/jit-policy.schema.json")));
        assertThat(process("", "--version").out()).matches("jit \\d+\\.\\d+\\.\\d+.*\n");
    }

    @Test
    @DisplayName("it holds every licence, and no leftover of signatures and modules")
    void contents() throws IOException {
        try (JarFile jar = new JarFile(JAR.toFile())) {
            List<String> names = jar.stream().map(ZipEntry::getName).toList();
            assertThat(names)
                    .doesNotHaveDuplicates()
                    .noneMatch(name -> name.matches("META-INF/.*\\.(SF|DSA|RSA)") || name.endsWith("module-info.class"))
                    .contains("LICENSE", "META-INF/LICENSE", "META-INF/NOTICE", "META-INF/LICENSE-re2j");
            assertThat(jar.getManifest().getMainAttributes().getValue("Main-Class"))
                    .isEqualTo("io.jitapproval.cli.JitMain");
        }
    }

    private Run process(String in, String... args) throws IOException, InterruptedException {
        Path input = Files.writeString(directory.resolve("in"), in);
        Path out = directory.resolve("out");
        Path err = directory.resolve("err");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dfile.encoding=ISO-8859-1",
                "-jar",
                JAR.toString()));
        command.addAll(List.of(args));
        int exit = new ProcessBuilder(command)
                .redirectInput(input.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start()
                .waitFor();
        return new Run(
                exit, Files.readString(out, StandardCharsets.UTF_8), Files.readString(err, StandardCharsets.UTF_8));
    }
}
