package io.jitapproval.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jitapproval.JitConfigurationException;
import io.jitapproval.core.policy.Policy;
import io.jitapproval.spi.PolicySource;
import io.jitapproval.spi.PolicySource.PolicyText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PolicySourcesTest {

    private static final String DENY = "{\"default\": \"deny\", \"rules\": []}";

    @TempDir
    Path directory;

    @Test
    @DisplayName("a directory is read with those below it, without tests and hidden files, in the order of names")
    void directoryIsRead() throws Exception {
        write("b.json", rule("b"));
        write("a.json", DENY);
        write("team/c.json", rule("c"));
        write("a.test.json", "no policy");
        write("b.test.yaml", "no policy");
        write(".hidden.json", "no policy");
        write("..data/d.json", "no policy");
        write("README.md", "no policy");

        List<PolicyText> documents = PolicySources.directory(directory).load();

        assertThat(documents)
                .extracting(document ->
                        directory.relativize(Path.of(document.origin())).toString())
                .containsExactly("a.json", "b.json", "team/c.json");
        assertThat(Policy.parse(documents).size()).isEqualTo(2);
    }

    @Test
    @DisplayName("a linked file or directory is read: nothing is passed over in silence")
    void linksAreFollowed() throws Exception {
        write("..data/a.json", DENY);
        write("..data/team/b.json", rule("b"));
        Files.createSymbolicLink(directory.resolve("a.json"), directory.resolve("..data/a.json"));
        Files.createSymbolicLink(directory.resolve("team"), directory.resolve("..data/team"));

        assertThat(PolicySources.directory(directory).load()).hasSize(2);

        Files.createSymbolicLink(directory.resolve("loop"), directory);
        assertRefused(PolicySources.directory(directory), "JIT-C004", "a link leads back to where it is");
    }

    @Test
    @DisplayName("an ending in capitals is an ending, and a link that leads nowhere is told")
    void capitalsAndDanglingLinks() throws Exception {
        write("a.json", DENY);
        write("B.YAML", "rules: [{id: b, actions: ['*'], effect: deny}]");
        assertThat(Policy.parse(PolicySources.directory(directory).load()).size())
                .isEqualTo(1);

        Files.createSymbolicLink(directory.resolve("c.yaml"), directory.resolve("gone.yaml"));
        assertRefused(PolicySources.directory(directory), "JIT-C004", "a link that leads nowhere");
    }

    @Test
    @DisplayName("a directory too deep to be read as a whole is refused")
    void depthIsBounded() throws IOException {
        write("a.json", DENY);
        write("1/2/3/4/5/6/7/8/b.json", rule("b"));
        assertRefused(PolicySources.directory(directory), "JIT-C004", "deeper than 8");
    }

    @Test
    @DisplayName("a directory without documents is refused, as is one that is not there")
    void emptyDirectory() {
        assertRefused(PolicySources.directory(directory), "JIT-C004", "there is no policy in this directory");
        assertRefused(PolicySources.file(directory), "JIT-C004", "this is a directory");
        assertRefused(PolicySources.directory(directory.resolve("no")), "JIT-C004", "there is no such file");
    }

    @Test
    @DisplayName("of several sources, the one that fails is named")
    void failingPartIsNamed() {
        Path missing = directory.resolve("missing.json");
        PolicySource together = PolicySources.together(
                PolicySources.text("a.json", DENY), PolicySources.together(PolicySources.file(missing)));
        assertRefused(together, "JIT-C004", missing.toString());
        assertThat(together.mayChange()).isTrue();
        assertThat(PolicySources.together(PolicySources.text("a.json", DENY)).mayChange())
                .isFalse();
        assertThatThrownBy(PolicySources::together).hasMessageContaining("sources must not be empty");
    }

    @Test
    @DisplayName("faults of all documents are told at once, each with its document")
    void faultsOfAllDocuments() {
        assertThatThrownBy(() -> Policy.parse(List.of(
                        new PolicyText("a.json", "{\"default\": \"deny\", \"rules\": [" + body("x", "alow") + "]}"),
                        new PolicyText("b.json", "{\"default\": \"deny\", \"rules\": [" + body("x", "allow") + "]}"),
                        new PolicyText("c.json", "{"))))
                .hasMessageContaining("a.json:1:")
                .hasMessageContaining("unknown effect 'alow'")
                .hasMessageContaining("b.json:1:")
                .hasMessageContaining("JIT-P008 the rule in line 1 of a.json has the id 'x' already")
                .hasMessageContaining("c.json:1:");
    }

    @Test
    @DisplayName("one document has to say the default; two may say the same")
    void oneDefault() {
        PolicyText none = new PolicyText("none.json", rule("a"));
        PolicyText deny = new PolicyText("deny.json", DENY);
        PolicyText ask = new PolicyText(
                "ask.json", "{\"rules\": [], \"default\": {\"require-approval\": {\"by\": {\"role\": \"a\"}}}}");

        assertThat(Policy.parse(List.of(none, deny, deny)).size()).isEqualTo(1);
        assertThatThrownBy(() -> Policy.parse(List.of(none, new PolicyText("b.json", rule("b")))))
                .isInstanceOf(JitConfigurationException.class)
                .hasMessageContaining("JIT-P006 none of the documents has a 'default'");
        assertThatThrownBy(() -> Policy.parse(List.of(deny, none, ask)))
                .hasMessageContaining("ask.json:1:26 JIT-P045 the 'default' differs from the one in deny.json line 1");
    }

    @Test
    @DisplayName("the version is that of the contents, in whatever order documents come")
    void versionOfSeveral() {
        PolicyText a = new PolicyText("a.json", DENY);
        PolicyText b = new PolicyText("b.json", rule("b"));
        String version = Policy.parse(List.of(a, b)).version();
        assertThat(Policy.parse(List.of(new PolicyText("z.json", b.text()), a)).version())
                .isEqualTo(version);
        assertThat(Policy.parse(List.of(a, new PolicyText("b.json", rule("c")))).version())
                .isNotEqualTo(version);
    }

    private static void assertRefused(PolicySource source, String code, String text) {
        assertThatThrownBy(() ->
                        Jit.guard().policy(source).audit(AuditSinks.memory(10)).build())
                .isInstanceOf(JitConfigurationException.class)
                .hasMessageContaining(code)
                .hasMessageContaining(text);
    }

    private void write(String name, String text) throws IOException {
        Path file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private static String rule(String id) {
        return "{\"rules\": [" + body(id, "deny") + "]}";
    }

    private static String body(String id, String effect) {
        return "{\"id\": \"" + id + "\", \"actions\": [\"*\"], \"effect\": \"" + effect + "\"}";
    }
}
