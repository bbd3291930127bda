package io.jitapproval.walls.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.jitapproval.ApprovalRequest;
import io.jitapproval.ApprovalRequest.State;
import io.jitapproval.Grant;
import io.jitapproval.Replay;
import io.jitapproval.spi.ApprovalNotice;
import io.jitapproval.spi.AuditRecord;
import io.jitapproval.spi.AuditRecord.Kind;
import io.jitapproval.spi.OutboxMessage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What must hold after each schedule. An auditor folds the record, in its order; the store must say the same. */
final class Invariants {

    private final World world;
    private final Map<String, Asked> requests = new LinkedHashMap<>();
    private final Map<String, Given> grants = new LinkedHashMap<>();
    private final Map<String, Instant> latest = new HashMap<>();
    private final Map<String, Integer> counted = new HashMap<>();
    private int begun;

    Invariants(World world) {
        this.world = world;
    }

    private static final class Asked {
        final String id;
        final Map<String, Boolean> votes = new LinkedHashMap<>();
        Instant createdAt = Instant.MIN;
        Instant decideBy = Instant.MAX;
        Instant decidedAt = Instant.MAX;
        String state = "pending";
        boolean changed;

        Asked(String id) {
            this.id = id;
        }
    }

    private static final class Given {
        final Set<String> open = new HashSet<>();
        Instant since = Instant.MIN;
        Instant useBy = Instant.MAX;
        Instant end = Instant.MAX;
        int most;
        int uses;
        boolean ended;
        boolean voided;
        int lastUse = -1;
    }

    void check() {
        that(world.record.early().isEmpty(), "lock first, then look at the clock: " + world.record.early());
        List<AuditRecord> all = world.record.all();
        for (int i = 0; i < all.size(); i++) {
            fold(all.get(i), i);
        }
        requests.values().forEach(this::agrees);
        grants.forEach(this::agrees);
        that(world.store.pendingRequests().isEmpty(), "everything has ended");
        that(begun == world.runs, begun + " uses begun are " + world.runs + " runs");
        votes();
        kept();
        takenAway();
        coalesced();
        messages();
    }

    private static void that(boolean holds, String what) {
        if (!holds) {
            throw new AssertionError("broken: " + what);
        }
    }

    private void fold(AuditRecord record, int line) {
        String id = record.grantId().filter(grant -> isOfGrant(record.kind())).orElse("")
                + record.requestId().orElse("");
        that(!record.time().isAfter(world.record.written(line)), "nothing is recorded before it happens");
        if (isChange(record.kind())) {
            Instant before = latest.put(id, record.time());
            that(
                    before == null || !record.time().isBefore(before),
                    "time goes on in the record of one thing: " + record);
        }
        switch (record.kind()) {
            case REQUESTED -> asked(record);
            case VOTED -> voted(record);
            case VOTE_TAKEN_BACK ->
                of(record).votes.remove(String.valueOf(record.details().get("person")));
            case CHANGED -> {
                Asked asked = of(record);
                asked.votes.clear();
                asked.changed = true;
                that(asked.state.equals("pending"), "only what is pending changes");
            }
            case DECIDED -> decided(record);
            case GRANTED -> granted(record);
            case USE_BEGUN -> begun(record, line);
            case USE_ENDED -> that(given(record).open.remove(record.use()), "a use ends once");
            case GRANT_ENDED -> {
                Given given = given(record);
                that(!given.ended && given.uses < given.most, "a grant ends once");
                given.ended = true;
            }
            case GRANTS_VOIDED -> grants.values().forEach(given -> given.voided = true);
            default -> {}
        }
    }

    private static boolean isOfGrant(Kind kind) {
        return kind == Kind.USE_BEGUN || kind == Kind.USE_ENDED || kind == Kind.GRANT_ENDED || kind == Kind.GRANTED;
    }

    private static boolean isChange(Kind kind) {
        return switch (kind) {
            case REQUESTED, VOTED, VOTE_TAKEN_BACK, CHANGED, DECIDED, GRANTED, USE_BEGUN, USE_ENDED, GRANT_ENDED ->
                true;
            default -> false;
        };
    }

    private Asked of(AuditRecord record) {
        Asked asked = requests.get(record.requestId().orElse(""));
        that(asked != null, "it was asked for: " + record);
        return asked;
    }

    private Given given(AuditRecord record) {
        Given given = grants.get(record.grantId().orElse(""));
        that(given != null, "it was granted: " + record);
        return given;
    }

    private void asked(AuditRecord record) {
        Asked asked = new Asked(record.requestId().orElseThrow());
        asked.createdAt = record.time();
        asked.decideBy = (Instant) record.details().get("decideBy");
        that(requests.put(asked.id, asked) == null, "a request is made once");
    }

    private void voted(AuditRecord record) {
        Asked asked = of(record);
        String person = String.valueOf(record.details().get("person"));
        that(asked.state.equals("pending"), "a vote counts while it is pending only: " + record);
        that(record.time().isBefore(asked.decideBy), "a vote counts before decide-by only");
        boolean yes = "approve".equals(record.details().get("verdict"));
        that(asked.votes.put(person, yes) == null, "one person is one vote");
        that(!person.equals("ana"), "the requester never votes");
        boolean boss = person.equals("ada");
        Instant escalated = asked.createdAt.plus(World.ESCALATES);
        that(
                !boss || !record.action().equals("slow") || !record.time().isBefore(escalated),
                "nobody votes before their time");
        that(
                !boss
                        || !record.action().equals("steps")
                        || !asked.votes.keySet().equals(Set.of("ada")),
                "one step after the other");
        counted.merge(person, 1, Integer::sum);
    }

    private void decided(AuditRecord record) {
        Asked asked = of(record);
        that(asked.state.equals("pending"), "it is decided once: " + record);
        asked.state = String.valueOf(record.details().get("state"));
        asked.decidedAt = record.time();
        boolean denied = asked.votes.containsValue(false);
        boolean filled = isFilled(record.action(), asked);
        boolean late = !record.time().isBefore(asked.decideBy);
        switch (asked.state) {
            case "approved" -> that(!denied && filled && !late, "an approval has its votes, in time");
            case "denied" -> that(denied && !late, "a denial has its vote");
            case "expired" -> that(late, "nothing expires early");
            default -> that(!late, "what is withdrawn is pending");
        }
    }

    private static boolean isFilled(String action, Asked asked) {
        return asked.votes.size() >= World.NEEDED.get(action)
                && (!action.equals("steps") || asked.votes.containsKey("ada"));
    }

    private void granted(AuditRecord record) {
        Given given = new Given();
        given.since = record.time();
        given.most = (Integer) record.details().get("uses");
        given.useBy = (Instant) record.details().get("useBy");
        given.end = (Instant) record.details().get("expiresAt");
        that(of(record).state.equals("approved"), "a grant comes from an approval");
        that(grants.put(record.grantId().orElseThrow(), given) == null, "a grant is given once");
    }

    private void begun(AuditRecord record, int line) {
        Given given = given(record);
        Instant end = given.uses == 0 && given.useBy.isBefore(given.end) ? given.useBy : given.end;
        given.uses++;
        begun++;
        that(given.uses <= given.most, "at most " + given.most + " uses begin");
        that(!given.ended && !given.voided, "no use begins under a grant that was taken away");
        that(!record.time().isBefore(given.since) && record.time().isBefore(end), "a use begins in its time");
        that(given.open.add(record.use()), "a use begins once");
        given.lastUse = line;
    }

    private void agrees(Asked asked) {
        ApprovalRequest request = world.store.request(asked.id).orElseThrow();
        that(request.state().word().equals(asked.state), asked.state + " on record is " + request);
        List<String> votes = new ArrayList<>();
        request.votes().forEach(vote -> votes.add(vote.person()));
        that(votes.equals(List.copyOf(asked.votes.keySet())), "votes on record are those of the request, in order");
        boolean full = request.state() == State.EXPIRED
                && !asked.votes.containsValue(false)
                && isFilled(request.action(), asked);
        that(!full, "a quorum that was reached is not lost");
    }

    private void agrees(String id, Given given) {
        Grant grant = world.store.grant(id).orElseThrow();
        that(grant.uses() == given.uses, "uses on record are those of the grant");
        that(grant.open().isEmpty() && given.open.isEmpty(), "every use has ended");
        boolean early = grant.stateAt(world.time.now()) != Grant.State.EXHAUSTED;
        that(given.ended == (early && grant.state() != Grant.State.ACTIVE), "the end on record is that of the grant");
    }

    private void votes() {
        Map<String, Integer> told = new HashMap<>();
        world.counted.forEach(person -> told.merge(person, 1, Integer::sum));
        that(told.equals(counted), "who is told that a vote counts finds it on record: " + told + ", " + counted);
    }

    private void kept() {
        for (String id : world.kept) {
            Replay replay = world.node(0).request(id).replay().orElseThrow();
            boolean done = replay.state() == Replay.State.DONE;
            that(done || replay.state() == Replay.State.REFUSED, "a kept call comes to an end: " + replay);
            that(done == (world.runs == 1), "a kept call runs once: " + replay);
        }
    }

    private void takenAway() {
        for (World.TakenAway taken : world.takenAway) {
            grants.forEach((id, given) -> that(
                    !(taken.existing().contains(id)
                                    || taken.grant().filter(id::equals).isPresent())
                            || given.lastUse < taken.length(),
                    "no use begins after the call that took the grant away came back"));
        }
    }

    /** Of equal requests one is pending at a time. */
    private void coalesced() {
        List<Asked> all = new ArrayList<>(requests.values());
        for (int i = 1; i < all.size(); i++) {
            Asked before = all.get(i - 1);
            Instant end = before.decidedAt.isBefore(before.decideBy) ? before.decidedAt : before.decideBy;
            that(before.changed || !all.get(i).createdAt.isBefore(end), "equal requests become one");
        }
    }

    private void messages() {
        Map<String, Integer> last = new HashMap<>();
        for (String id : world.post.taken()) {
            int slash = id.indexOf('/');
            int number = Integer.parseInt(id.substring(slash + 1));
            Integer before = last.put(id.substring(0, slash), number);
            that(before == null || before <= number, "what is told of a request is told in order");
        }
        for (String id : requests.keySet()) {
            boolean told = false;
            for (OutboxMessage message : world.store.messages(id)) {
                that(message.state() != OutboxMessage.State.WAITING, "every message goes out in the end");
                boolean taken = world.post.taken().contains(message.id());
                that(taken == (message.state() == OutboxMessage.State.DELIVERED), "delivered is what was taken");
                boolean end = message.kind() == ApprovalNotice.Kind.ENDED;
                that(
                        !end || !told || taken || message.state() == OutboxMessage.State.DEAD,
                        "who was asked is told the end");
                told |= taken;
            }
        }
        assertThat(world.store.nextMessageDue()).isEmpty();
    }
}
