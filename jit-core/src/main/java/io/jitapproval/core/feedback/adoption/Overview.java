package io.jitapproval.core.feedback.adoption;

import io.jitapproval.core.FiledSuggestion;
import io.jitapproval.core.FiledSuggestion.State;
import io.jitapproval.core.Proposal;
import io.jitapproval.core.SuggestionDigest;
import io.jitapproval.core.SuggestionDigest.Line;
import io.jitapproval.core.SuggestionSettings;
import io.jitapproval.core.SuggestionStatus;
import io.jitapproval.spi.GrantStore;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Shows what is at the desk. */
public final class Overview {

    private static final Duration SOON = Duration.ofDays(14);

    private final Desk desk;
    private final GrantStore store;
    private final SuggestionSettings settings;

    /** Of a desk over the store. */
    public Overview(Desk desk, GrantStore store, SuggestionSettings settings) {
        this.desk = desk;
        this.store = store;
        this.settings = settings;
    }

    public Optional<FiledSuggestion> find(String id) {
        Instant now = store.now();
        return desk.filed(id).flatMap(filed -> show(filed, now));
    }

    public List<FiledSuggestion> all() {
        Instant now = store.now();
        return desk.all().stream()
                .map(filed -> show(filed, now))
                .flatMap(Optional::stream)
                .toList();
    }

    private Optional<FiledSuggestion> show(Filed filed, Instant now) {
        Optional<Proposal> proposal = desk.proposal(filed.proposal());
        return proposal.map(what -> new FiledSuggestion(
                what,
                filed.stateAt(now),
                Optional.ofNullable(filed.by()),
                filed.why(),
                filed.since(),
                Optional.ofNullable(filed.until()),
                desk.proposal(filed.renewal()),
                desk.watch(filed, what).watched()));
    }

    public SuggestionStatus status() {
        Instant soon = store.now().plus(SOON);
        List<FiledSuggestion> all = all();
        List<FiledSuggestion> inForce =
                all.stream().filter(each -> each.state() == State.IN_FORCE).toList();
        double spent = desk.budget().spent();
        return new SuggestionStatus(
                count(all, State.PROPOSED),
                count(all, State.SHADOW),
                inForce.size(),
                inForce.stream()
                        .filter(each -> each.watched().suspended().isPresent())
                        .map(FiledSuggestion::id)
                        .toList(),
                inForce.stream()
                        .filter(each -> each.until().filter(soon::isBefore).isEmpty())
                        .map(FiledSuggestion::id)
                        .toList(),
                spent,
                Math.max(0, settings.budget() - spent));
    }

    private static int count(List<FiledSuggestion> all, State state) {
        return (int) all.stream().filter(each -> each.state() == state).count();
    }

    public SuggestionDigest digest(LocalDate from, LocalDate to) {
        Instant now = store.now();
        List<Line> lines = new ArrayList<>();
        for (Filed filed : desk.all()) {
            FiledSuggestion shown = show(filed, now).orElse(null);
            if (shown == null) {
                continue;
            }
            long[] sum = desk.watch(filed, shown.proposal()).between(from, to);
            if (shown.state() == State.IN_FORCE || sum[0] + sum[1] > 0) {
                lines.add(new Line(shown, sum[0], sum[1], sum[2]));
            }
        }
        return new SuggestionDigest(from, to, lines);
    }
}
