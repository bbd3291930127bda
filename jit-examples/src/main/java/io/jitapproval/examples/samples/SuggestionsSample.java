package io.jitapproval.examples.samples;

import io.jitapproval.Ref;
import io.jitapproval.Subject;
import io.jitapproval.core.AuditSinks;
import io.jitapproval.core.Jit;
import io.jitapproval.core.MethodGuard;
import io.jitapproval.core.SuggestionDesk;
import io.jitapproval.core.SuggestionSettings;
import io.jitapproval.spi.PeopleDirectory;
import java.nio.file.Path;
import java.util.List;

/** From the record to policy. */
final class SuggestionsSample {

    private SuggestionsSample() {}

    static MethodGuard learn(PeopleDirectory directory, byte[] key) {
        MethodGuard guard = Jit.guard()
                .policy(Path.of("policy.yaml"))
                .people(directory)
                .audit(AuditSinks.jsonLines(Path.of("audit.jsonl")))
                .commitmentKey(key)
                .suggestions(SuggestionSettings.DEFAULT)
                .build();
        SuggestionDesk desk = guard.suggestions();
        desk.learn(List.of(Path.of("audit.jsonl")), 0.02, 0.95).forEach(desk::propose);
        desk.all().forEach(each -> desk.shadow(each.id(), Ref.user("olga"), "let us see"));
        return guard;
    }

    static boolean accept(SuggestionDesk desk, String id) {
        return desk.accept(id, Subject.user("olga"), "looks good").isDone();
    }
}
