package io.jitapproval.cli;

import io.jitapproval.core.document.Node;
import io.jitapproval.core.document.TreeReader;
import io.jitapproval.core.policy.JsonLayout;
import io.jitapproval.core.policy.Policy;
import io.jitapproval.spi.PolicySource.PolicyText;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lays policies out in one way, so that differences between them are differences in what they say. */
@CommandLine.Command(
        name = "fmt",
        description = "Lay policies out in one way; what they say, their version and their comments stay.",
        footer = {
            "",
            "Without an option the one file is printed as it should be. A file with faults is not touched.",
            "",
            "Example: jit fmt --write policy.yaml"
        })
final class FmtCommand implements Command {

    private static final PolicyText ELSEWHERE =
            new PolicyText("elsewhere.json", "{\"default\": \"deny\", \"rules\": []}");

    @ArgGroup
    private final Mode mode = new Mode();

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "Policy documents; - for standard input.")
    private List<String> files = new ArrayList<>();

    /** What happens to the files. */
    private static final class Mode {
        @Option(names = "--check", description = "Change nothing; name the files that are laid out differently.")
        private boolean check;

        @Option(names = "--write", description = "Write the files in place.")
        private boolean write;
    }

    @Override
    public Exit run(Console console) throws IOException {
        if (!mode.check && !mode.write && files.size() > 1) {
            throw UsageCode.USAGE.stop("", "several files: say --check or --write\n    See: jit fmt --help");
        }
        if (mode.write && files.contains(Texts.STDIN)) {
            throw UsageCode.USAGE.stop("", "standard input cannot be written in place: leave --write out");
        }
        List<PolicyText> documents = new ArrayList<>();
        List<String> formatted = new ArrayList<>();
        for (String file : files) {
            PolicyText document = Texts.read(file, console);
            documents.add(document);
            formatted.add(format(document));
        }
        Exit exit = Exit.GOOD;
        for (int i = 0; i < documents.size(); i++) {
            PolicyText document = documents.get(i);
            boolean differs = !document.text().equals(formatted.get(i));
            if (mode.check && differs) {
                console.printLine(document.origin() + " is laid out differently: jit fmt --write " + document.origin());
                exit = Exit.FINDINGS;
            } else if (mode.write && differs) {
                Texts.write(document.origin(), formatted.get(i));
            } else if (!mode.check && !mode.write) {
                console.print(formatted.get(i));
            }
        }
        return exit;
    }

    /** The document as it should be laid out; stops if it has faults, or if anything of it would be lost. */
    static String format(PolicyText document) {
        String version = version(document);
        Node root = Requests.tree(document);
        if (!TreeReader.isYaml(document)) {
            return checked(document, version, JsonLayout.of(root));
        }
        try {
            String formatted = checked(document, version, YamlLayout.of(YamlPieces.read(document.text(), root)));
            if (!comments(formatted).equals(comments(document.text()))) {
                throw UsageCode.FORMAT.stop(document.origin(), "a comment stands where it would be lost: move it");
            }
            return formatted;
        } catch (YamlEngineException e) {
            throw UsageCode.FORMAT.stop(
                    document.origin(), "a comment stands where YAML has no place for it: move it to a line of its own");
        }
    }

    private static String checked(PolicyText document, String version, String formatted) {
        if (!version(new PolicyText(document.origin(), formatted)).equals(version)) {
            throw UsageCode.FORMAT.stop(
                    document.origin(),
                    "laying it out would change what it says: this is a fault of jit, please report it");
        }
        return formatted;
    }

    /** Of several documents of one policy, only one has the default. */
    private static String version(PolicyText document) {
        boolean isPart = Requests.tree(document) instanceof Node.Obj object
                && !object.fields().containsKey("default");
        return Policy.parse(isPart ? List.of(document, ELSEWHERE) : List.of(document))
                .version();
    }

    private static List<String> comments(String text) {
        return YamlPieces.comments(text).stream()
                .map(YamlPieces.Comment::text)
                .sorted()
                .toList();
    }
}
