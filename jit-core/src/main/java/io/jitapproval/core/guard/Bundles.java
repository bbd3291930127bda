package io.jitapproval.core.guard;

import static java.util.Objects.requireNonNull;

import io.jitapproval.ApprovalRequest;
import io.jitapproval.Attempt;
import io.jitapproval.Bundle;
import io.jitapproval.Bundle.Item;
import io.jitapproval.Bundle.Status;
import io.jitapproval.BundleAttempt;
import io.jitapproval.JitApprovalException;
import io.jitapproval.Reason;
import io.jitapproval.Ref;
import io.jitapproval.Replay;
import io.jitapproval.Requirement;
import io.jitapproval.spi.GrantStore;
import io.jitapproval.spi.GrantStore.Step;
import io.jitapproval.spi.Journal;
import io.jitapproval.spi.StoreEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Asks about several calls together, and says what became of them. */
final class Bundles {

    private static final String KIND = "bundle";
    private static final String WHAT = "bundle";
    private static final String TITLE = "title";
    private static final String ITEMS = "items";
    private static final Duration LONGEST =
            Requirement.LONGEST_DECIDE_WITHIN.multipliedBy(2).plus(Replay.KEPT);

    private final GrantStore store;
    private final Journal journal;
    private final Engine engine;
    private final Ids ids;

    Bundles(GuardSettings settings, Journal journal, Engine engine, Ids ids) {
        this.store = settings.store();
        this.journal = journal;
        this.engine = engine;
        this.ids = ids;
    }

    BundleAttempt begin(DefaultGuard guard, String title) {
        return new Making(guard, requireNonNull(title, "title"));
    }

    Optional<Bundle> find(String id) {
        return Failures.guarded(
                WHAT,
                phase -> store.<Optional<StoreEntry>>changeEntry(
                                KIND, id, (current, now) -> Step.nothing(current), journal)
                        .map(this::bundle));
    }

    /** What an item is, and what came of asking about it: its request, or why there is none; neither where nobody need be asked. */
    private record Asked(String action, Ref resource, String request, String reason, boolean permitted) {

        void write(int item, Map<String, String> data) {
            data.put(item + ".action", action);
            data.put(item + ".type", resource.type());
            data.put(item + ".id", resource.id());
            data.put(item + ".request", request);
            data.put(item + ".reason", reason);
            data.put(item + ".permitted", Boolean.toString(permitted));
        }

        static Asked read(int item, Map<String, String> data) {
            return new Asked(
                    data.getOrDefault(item + ".action", ""),
                    new Ref(data.getOrDefault(item + ".type", ""), data.getOrDefault(item + ".id", "")),
                    data.getOrDefault(item + ".request", ""),
                    data.getOrDefault(item + ".reason", ""),
                    Boolean.parseBoolean(data.get(item + ".permitted")));
        }
    }

    private Bundle bundle(StoreEntry entry) {
        List<Item> items = new ArrayList<>();
        Instant now = store.now();
        int count = Integer.parseInt(entry.data().getOrDefault(ITEMS, "0"));
        for (int i = 0; i < count; i++) {
            items.add(item(Asked.read(i, entry.data()), now));
        }
        return new Bundle(entry.key(), entry.data().getOrDefault(TITLE, ""), items);
    }

    private Item item(Asked asked, Instant now) {
        Optional<ApprovalRequest> request =
                asked.request().isEmpty() ? Optional.empty() : store.request(asked.request());
        Optional<Reason> reason =
                asked.reason().isEmpty() ? Optional.empty() : Optional.of(Reason.valueOf(asked.reason()));
        Status status = request.map(one -> status(one.stateAt(now))).orElseGet(() -> {
            if (asked.permitted()) {
                return Status.APPROVED;
            }
            return reason.filter(why -> !why.code().startsWith("JIT-4")).isPresent() ? Status.DENIED : Status.FAILED;
        });
        return new Item(asked.action(), asked.resource(), status, request, reason);
    }

    private static Status status(ApprovalRequest.State state) {
        return switch (state) {
            case PENDING -> Status.PENDING;
            case APPROVED -> Status.APPROVED;
            case DENIED -> Status.DENIED;
            case EXPIRED -> Status.EXPIRED;
            case CANCELLED -> Status.CANCELLED;
            case FAILED -> Status.FAILED;
        };
    }

    private void keep(String id, String title, List<Asked> items) {
        Map<String, String> data = new LinkedHashMap<>();
        data.put(TITLE, title);
        data.put(ITEMS, Integer.toString(items.size()));
        for (int i = 0; i < items.size(); i++) {
            items.get(i).write(i, data);
        }
        Failures.guarded(
                WHAT,
                phase -> store.changeEntry(
                        KIND,
                        id,
                        (current, now) -> Step.to(new StoreEntry(KIND, id, data, now.plus(LONGEST)), true),
                        journal));
    }

    private final class Making implements BundleAttempt {

        private final DefaultGuard guard;
        private final String title;
        private final List<DefaultAttempt> attempts = new ArrayList<>();
        private boolean submitted;

        Making(DefaultGuard guard, String title) {
            this.guard = guard;
            this.title = title;
        }

        @Override
        public BundleAttempt add(Attempt attempt) {
            if (submitted || attempts.size() == Bundle.MOST_ITEMS) {
                throw new IllegalStateException(
                        submitted
                                ? "the bundle was submitted"
                                : "a bundle has at most " + Bundle.MOST_ITEMS + " items");
            }
            if (!(attempt instanceof DefaultAttempt ours) || !ours.isOf(guard)) {
                throw new IllegalArgumentException("the attempt is not one of this guard");
            }
            if (!ours.onlyAsks()) {
                throw new IllegalArgumentException(
                        "an item of a bundle goes with neither breakGlass(…) nor changing(…)");
            }
            attempts.add(ours);
            return this;
        }

        @Override
        public Bundle submit() {
            if (submitted || attempts.isEmpty()) {
                throw new IllegalStateException(submitted ? "the bundle was submitted" : "the bundle has no item");
            }
            submitted = true;
            String id = ids.unguessable();
            List<Asked> items = new ArrayList<>();
            for (DefaultAttempt attempt : attempts) {
                items.add(new Asked(attempt.action(), attempt.resource().ref(), "", Reason.GUARD_FAILED.name(), false));
            }
            keep(id, title, items);
            for (int i = 0; i < items.size(); i++) {
                items.set(i, asked(attempts.get(i), id + "/" + i, items.get(i)));
            }
            keep(id, title, items);
            return find(id).orElseThrow();
        }

        /** Whatever becomes of one item, the others are asked about. */
        private Asked asked(DefaultAttempt attempt, String place, Asked item) {
            try {
                if (attempt.observed()) {
                    return new Asked(item.action(), item.resource(), "", "", true);
                }
                Optional<ApprovalRequest> request = engine.submit(attempt.freeze(place));
                return new Asked(
                        item.action(),
                        item.resource(),
                        request.map(ApprovalRequest::id).orElse(""),
                        "",
                        request.isEmpty());
            } catch (JitApprovalException refused) {
                return new Asked(
                        item.action(), item.resource(), "", refused.reason().name(), false);
            }
        }
    }
}
