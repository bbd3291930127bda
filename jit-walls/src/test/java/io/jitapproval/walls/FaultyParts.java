package io.jitapproval.walls;

import io.jitapproval.ApprovalRequest;
import io.jitapproval.Approvals;
import io.jitapproval.ApproverSelector;
import io.jitapproval.Decision;
import io.jitapproval.EvaluationRequest;
import io.jitapproval.Grant;
import io.jitapproval.Obligation;
import io.jitapproval.PreviewLine;
import io.jitapproval.Ref;
import io.jitapproval.Subject;
import io.jitapproval.spi.ActionPreview;
import io.jitapproval.spi.ApprovalDigest;
import io.jitapproval.spi.ApprovalNotice;
import io.jitapproval.spi.ArgumentCodec;
import io.jitapproval.spi.AttributeResolver;
import io.jitapproval.spi.AuditRecord;
import io.jitapproval.spi.AuditSink;
import io.jitapproval.spi.DigestingApprovalChannel;
import io.jitapproval.spi.GrantStore;
import io.jitapproval.spi.InlineAuditSink;
import io.jitapproval.spi.InteractiveApprovalChannel;
import io.jitapproval.spi.Journal;
import io.jitapproval.spi.ObligationHandler;
import io.jitapproval.spi.OutboxMessage;
import io.jitapproval.spi.PeopleDirectory;
import io.jitapproval.spi.Person;
import io.jitapproval.spi.PolicySource;
import io.jitapproval.spi.StoreEntry;
import io.jitapproval.spi.SubjectResolver;
import io.jitapproval.spi.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** Every part that a host may supply, with {@link Faults} in front of each of its methods. */
final class FaultyParts {

    private FaultyParts() {}

    static String kinds(List<AuditRecord> records) {
        TreeSet<String> kinds = new TreeSet<>();
        records.forEach(record -> kinds.add(record.kind().word()));
        return kinds.toString();
    }

    record Sink(Faults faults, AuditSink real) implements AuditSink {

        @Override
        public void append(List<AuditRecord> records) {
            appended(faults, real, records);
        }

        @Override
        public void close() {
            faults.at("AuditSink.close", () -> {
                real.close();
                return real;
            });
        }
    }

    record InlineSink(Faults faults, AuditSink real) implements InlineAuditSink {

        @Override
        public void append(List<AuditRecord> records) {
            appended(faults, real, records);
        }

        @Override
        public void close() {
            faults.at("AuditSink.close", () -> {
                real.close();
                return real;
            });
        }
    }

    private static void appended(Faults faults, AuditSink real, List<AuditRecord> records) {
        faults.at("AuditSink.append" + kinds(records), () -> {
            real.append(records);
            return records;
        });
    }

    record TheJournal(Faults faults, Journal real) implements Journal {

        @Override
        public void append(List<AuditRecord> records) {
            faults.at("Journal.append" + kinds(records), () -> real.append(records));
        }
    }

    record Store(Faults faults, GrantStore real) implements GrantStore {

        @Override
        public ApprovalRequest submit(String key, Function<Instant, Submission> submission, Journal journal) {
            return faults.at("GrantStore.submit", () -> real.submit(key, submission, new TheJournal(faults, journal)));
        }

        @Override
        public <R> Optional<R> changeRequest(String id, Change<ApprovalRequest, R> change, Journal journal) {
            return faults.at(
                    "GrantStore.changeRequest", () -> real.changeRequest(id, change, new TheJournal(faults, journal)));
        }

        @Override
        public <R> Optional<R> changeGrant(String id, Change<Grant, R> change, Journal journal) {
            return faults.at(
                    "GrantStore.changeGrant", () -> real.changeGrant(id, change, new TheJournal(faults, journal)));
        }

        @Override
        public Optional<ApprovalRequest> request(String id) {
            return faults.at("GrantStore.request", () -> real.request(id));
        }

        @Override
        public Optional<Grant> grant(String id) {
            return faults.at("GrantStore.grant", () -> real.grant(id));
        }

        @Override
        public List<ApprovalRequest> pendingRequests() {
            return faults.at("GrantStore.pendingRequests", () -> real.pendingRequests());
        }

        @Override
        public List<Grant> activeGrants() {
            return faults.at("GrantStore.activeGrants/0", () -> real.activeGrants());
        }

        @Override
        public List<Grant> activeGrants(Ref subject, String action) {
            return faults.at("GrantStore.activeGrants/2", () -> real.activeGrants(subject, action));
        }

        @Override
        public List<Grant> voidedGrants() {
            return faults.at("GrantStore.voidedGrants", real::voidedGrants);
        }

        @Override
        public void voidGrants(Voiding which, Function<Instant, List<AuditRecord>> records, Journal journal) {
            faults.at("GrantStore.voidGrants", () -> {
                real.voidGrants(which, records, new TheJournal(faults, journal));
                return real;
            });
        }

        @Override
        public <R> R changeEntry(String kind, String key, EntryChange<R> change, Journal journal) {
            return faults.at(
                    "GrantStore.changeEntry",
                    () -> real.changeEntry(kind, key, change, new TheJournal(faults, journal)));
        }

        @Override
        public List<StoreEntry> entries(String kind) {
            return faults.at("GrantStore.entries", () -> real.entries(kind));
        }

        @Override
        public List<OutboxMessage> dueMessages(int atMost) {
            return faults.at("GrantStore.dueMessages", () -> real.dueMessages(atMost));
        }

        @Override
        public Optional<Instant> nextMessageDue() {
            return faults.at("GrantStore.nextMessageDue", real::nextMessageDue);
        }

        @Override
        public List<OutboxMessage> messages(String requestId) {
            return faults.at("GrantStore.messages", () -> real.messages(requestId));
        }

        @Override
        public List<OutboxMessage> deadMessages() {
            return faults.at("GrantStore.deadMessages", real::deadMessages);
        }

        @Override
        public <R> Optional<R> changeMessage(String id, Change<OutboxMessage, R> change, Journal journal) {
            return faults.at(
                    "GrantStore.changeMessage", () -> real.changeMessage(id, change, new TheJournal(faults, journal)));
        }

        @Override
        public Instant now() {
            return faults.at("GrantStore.now", real::now);
        }

        @Override
        public void close() {
            faults.at("GrantStore.close", () -> {
                real.close();
                return real;
            });
        }
    }

    record Time(Faults faults, HandTime real) implements TimeSource {

        @Override
        public Instant instant() {
            return faults.at("TimeSource.instant", real::instant);
        }

        @Override
        public Runnable alarm(Instant at, Runnable task) {
            Runnable off = faults.at("TimeSource.alarm", () -> real.alarm(at, task));
            return () -> faults.at("TimeSource.alarm called off", off);
        }

        @Override
        public boolean await(CompletableFuture<?> future, Instant deadline) {
            return faults.at("TimeSource.await", () -> real.await(future, deadline));
        }
    }

    record Directory(Faults faults, PeopleDirectory real) implements PeopleDirectory {

        @Override
        public Optional<Person> find(Ref identity) {
            return faults.at("PeopleDirectory.find", () -> real.find(identity));
        }

        @Override
        public Collection<Person> named(ApproverSelector selector) {
            return faults.at("PeopleDirectory.named", () -> real.named(selector));
        }
    }

    record Subjects(Faults faults, Subject who, List<Subject> acting) implements SubjectResolver {

        @Override
        public Optional<Subject> subject() {
            return faults.at("SubjectResolver.subject", () -> Optional.of(who));
        }

        @Override
        public List<Subject> actors() {
            return faults.at("SubjectResolver.actors", () -> acting);
        }
    }

    record Attributes(Faults faults, AttributeResolver real) implements AttributeResolver {

        @Override
        public Optional<Object> resolve(String attribute, EvaluationRequest request) {
            return faults.at("AttributeResolver.resolve", () -> real.resolve(attribute, request));
        }

        @Override
        public String name() {
            return faults.at("AttributeResolver.name", real::name);
        }

        @Override
        public Duration timeLimit() {
            return faults.at("AttributeResolver.timeLimit", real::timeLimit);
        }

        @Override
        public Optional<Duration> maxAge() {
            return faults.at("AttributeResolver.maxAge", real::maxAge);
        }
    }

    record Codec<T>(Faults faults, ArgumentCodec<T> real) implements ArgumentCodec<T> {

        @Override
        public Class<T> type() {
            return faults.at("ArgumentCodec.type", real::type);
        }

        @Override
        public T copy(T value) {
            return faults.at("ArgumentCodec.copy", () -> real.copy(value));
        }

        @Override
        public Object toPlain(T value) {
            return faults.at("ArgumentCodec.toPlain", () -> real.toPlain(value));
        }
    }

    record Teller(Faults faults) implements ObligationHandler {

        @Override
        public void fulfil(Obligation obligation, EvaluationRequest request, Decision decision) {
            faults.at("ObligationHandler.fulfil", () -> {});
        }

        @Override
        public Duration timeLimit() {
            return faults.at("ObligationHandler.timeLimit", () -> DEFAULT_TIME_LIMIT);
        }
    }

    record Preview(Faults faults) implements ActionPreview {

        @Override
        public List<PreviewLine> preview(EvaluationRequest request) {
            return faults.at("ActionPreview.preview", () -> List.of(new PreviewLine("orders", "1")));
        }

        @Override
        public Duration timeLimit() {
            return faults.at("ActionPreview.timeLimit", () -> Duration.ofSeconds(20));
        }
    }

    record Pager(Faults faults) implements InteractiveApprovalChannel, DigestingApprovalChannel {

        @Override
        public String name() {
            return faults.at("ApprovalChannel.name", () -> "pager");
        }

        @Override
        public void connect(Approvals approvals) {
            faults.at("InteractiveApprovalChannel.connect", () -> {});
        }

        @Override
        public void deliver(ApprovalNotice notice) {
            faults.at("ApprovalChannel.deliver[" + notice.kind() + "]", () -> {});
        }

        @Override
        public void deliverDigest(ApprovalDigest digest) {
            faults.at("DigestingApprovalChannel.deliverDigest", () -> {});
        }

        @Override
        public void close() {
            faults.at("ApprovalChannel.close", () -> {});
        }
    }

    record Document(Faults faults, PolicySource real) implements PolicySource {

        @Override
        public List<PolicyText> load() {
            return faults.at("PolicySource.load", real::load);
        }

        @Override
        public boolean mayChange() {
            return faults.at("PolicySource.mayChange", real::mayChange);
        }
    }
}
