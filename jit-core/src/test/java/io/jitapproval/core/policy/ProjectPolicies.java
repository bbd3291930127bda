package io.jitapproval.core.policy;

import io.jitapproval.JitConfigurationException;
import io.jitapproval.spi.PolicySource.PolicyText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Every policy that stands in a file of this project, be it in a file of its own or in a document. */
final class ProjectPolicies {

    private static final Path ROOT = Path.of("..");
    private static final Set<String> NOT_OURS = Set.of("target", ".git", "node_modules");
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```(?:json|yaml)\\s*?\\n(.*?)^```");
    private static final PolicyText ANY_DEFAULT = new PolicyText("default", "{\"default\": \"deny\", \"rules\": []}");

    private ProjectPolicies() {}

    /** The origin is the file's path. */
    static List<PolicyText> all() throws IOException {
        List<PolicyText> found = new ArrayList<>();
        Files.walkFileTree(ROOT, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                return NOT_OURS.contains(String.valueOf(directory.getFileName()))
                        ? FileVisitResult.SKIP_SUBTREE
                        : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                String name = file.toString();
                String origin = ROOT.relativize(file).toString().replace('\\', '/');
                if (name.endsWith(".json") || name.endsWith(".yaml") || name.endsWith(".yml")) {
                    add(found, origin, text(file));
                } else if (name.endsWith(".md")) {
                    Matcher blocks = BLOCK.matcher(text(file));
                    while (blocks.find()) {
                        add(found, origin, blocks.group(1));
                    }
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return found;
    }

    /** Some files are there to be no text. */
    private static String text(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    }

    /** Adds what the reader takes, as a whole document, a rule or a condition. */
    private static void add(List<PolicyText> found, String origin, String text) {
        if (text.isBlank()) {
            return;
        }
        String rule = "{\"id\": \"r\", \"actions\": [\"a\"], \"effect\": \"deny\", \"when\": " + text + "}";
        for (String document : List.of(text, "{\"rules\": [" + text + "]}", "{\"rules\": [" + rule + "]}")) {
            try {
                Policy.parse(List.of(new PolicyText("", document), ANY_DEFAULT));
            } catch (JitConfigurationException e) {
                continue;
            }
            found.add(new PolicyText(origin, document));
            return;
        }
    }
}
