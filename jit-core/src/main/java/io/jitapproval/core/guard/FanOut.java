package io.jitapproval.core.guard;

import io.jitapproval.ApprovalRequest;
import io.jitapproval.ApproverSelector;
import io.jitapproval.Course;
import io.jitapproval.Escalation;
import io.jitapproval.Stage;
import io.jitapproval.core.approval.Tidings;
import io.jitapproval.spi.ApprovalChannel;
import io.jitapproval.spi.ApprovalNotice.Kind;
import io.jitapproval.spi.OutboxMessage;
import io.jitapproval.spi.Person;
import io.jitapproval.spi.UpdatingApprovalChannel;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * Who is told, and by which channels. Of those who may decide, at most as many as the course says are asked: those on call first, then
 * those whom no channel has interrupted too often and those who were asked least of late, both as far as this guard knows, then in the
 * directory's order. What follows goes to those who were asked. A channel that only an
 * escalation names is left in peace until that happens.
 */
final class FanOut implements Tidings {

    /** After this time a question counts half. */
    private static final Duration HALF_LIFE = Duration.ofHours(1);

    private final List<String> channels;
    private final Set<String> splitting;
    private final Map<String, Load> loads = new ConcurrentHashMap<>();
    private final Map<String, Instant> over = new ConcurrentHashMap<>();

    /** With the channels whose questions may become two messages, of which one is held back. */
    FanOut(List<String> channels, Set<String> splitting) {
        this.channels = List.copyOf(channels);
        this.splitting = Set.copyOf(splitting);
    }

    static FanOut of(GuardSettings settings, Map<String, ApprovalChannel> channels) {
        Set<String> splitting = new HashSet<>(channels.keySet());
        if (settings.askingLimits().perApprover().isEndless()) {
            splitting.clear();
        }
        splitting.removeIf(name -> channels.get(name) instanceof UpdatingApprovalChannel);
        return new FanOut(List.copyOf(channels.keySet()), splitting);
    }

    private record Load(double questions, Instant at) {

        double questions(Instant now) {
            double halves = (double) Duration.between(at, now).toMillis() / HALF_LIFE.toMillis();
            return questions * Math.pow(0.5, Math.max(0, halves));
        }
    }

    /** Counts a question that goes out. */
    void asked(Collection<String> people, Instant now) {
        for (String person : people) {
            loads.compute(person, (id, load) -> new Load(1 + (load == null ? 0 : load.questions(now)), now));
        }
    }

    /** Until then somebody should rather not be interrupted. */
    void over(String person, Instant until) {
        over.merge(person, until, (one, other) -> one.isAfter(other) ? one : other);
    }

    @Override
    public Told about(ApprovalRequest after, Kind kind, Collection<Person> people, Instant now) {
        if (kind == Kind.ENDED && after.messages() == 0) {
            return new Told(after, List.of());
        }
        List<Person> told = chosen(after, kind, people, now);
        if (told.isEmpty() && kind == Kind.REMINDED) {
            return new Told(after, List.of());
        }
        Set<String> names = new LinkedHashSet<>(after.asked());
        told.forEach(person -> names.add(person.name()));
        List<String> ids = told.stream().map(Person::id).toList();
        List<OutboxMessage> messages = new ArrayList<>();
        int number = after.messages();
        for (String channel : channels(after, kind)) {
            messages.add(OutboxMessage.of(after.id(), ++number, channel, kind, ids, now));
            if (ids.size() > 1 && MessageLife.interrupts(kind) && splitting.contains(channel)) {
                number++;
            }
        }
        int last = number;
        ApprovalRequest counted =
                after.with(copy -> copy.asked(List.copyOf(names)).messages(last));
        return new Told(counted, messages);
    }

    private List<Person> chosen(ApprovalRequest request, Kind kind, Collection<Person> people, Instant now) {
        Set<String> asked = new HashSet<>(request.asked());
        List<Person> before =
                people.stream().filter(person -> asked.contains(person.name())).toList();
        return switch (kind) {
            case ASKED, OBSERVED -> first(request.requirement().course(), people, Set.of(), now);
            case ESCALATED -> first(request.requirement().course(), people, asked, now);
            case CHANGED -> before.isEmpty() ? first(request.requirement().course(), people, Set.of(), now) : before;
            case REMINDED, NOTED -> before;
            case ALARM, ENDED -> List.copyOf(people);
        };
    }

    /** In the directory's order, whyever they were chosen. */
    private List<Person> first(Course course, Collection<Person> people, Set<String> last, Instant now) {
        Comparator<Person> order = Comparator.comparing((Person person) -> last.contains(person.name()))
                .thenComparing(person -> course.tellFirst().stream().noneMatch(who -> names(who, person)))
                .thenComparing(
                        person -> over.getOrDefault(person.id(), Instant.MIN).isAfter(now))
                .thenComparing(person -> questions(person, now));
        Set<Person> chosen =
                people.stream().sorted(order).limit(course.tellAtMost()).collect(Collectors.toSet());
        return people.stream().filter(chosen::contains).toList();
    }

    private double questions(Person person, Instant now) {
        Load load = loads.get(person.id());
        return load == null ? 0 : load.questions(now);
    }

    private static boolean names(ApproverSelector selector, Person person) {
        return switch (selector.kind()) {
            case ROLE -> person.roles().contains(selector.name());
            case GROUP -> person.groups().contains(selector.name());
            case PERSON -> person.id().equals(selector.name());
            case ATTRIBUTE -> selector.people().contains(person.id());
        };
    }

    private List<String> channels(ApprovalRequest request, Kind kind) {
        if (kind == Kind.ALARM) {
            return channels;
        }
        List<String> allowed = channels.stream()
                .filter(channel -> request.requirement().votes().allowsChannel(channel))
                .toList();
        Set<String> heldBack = new TreeSet<>();
        Set<String> calledIn = new TreeSet<>();
        for (Stage stage : request.requirement().stages()) {
            for (Escalation escalation : stage.escalations()) {
                heldBack.addAll(escalation.channels());
                if (hasCome(request, stage, escalation)) {
                    calledIn.addAll(escalation.channels());
                }
            }
        }
        List<String> now = allowed.stream()
                .filter(channel -> !heldBack.contains(channel) || calledIn.contains(channel))
                .toList();
        return now.isEmpty() ? allowed : now;
    }

    /** Whether an escalation has happened. Of a stage that is filled nobody knows any more, so all of its channels stay in the picture. */
    private static boolean hasCome(ApprovalRequest request, Stage stage, Escalation escalation) {
        int rank = request.progress().rank();
        boolean waited = escalation.after().compareTo(request.progress().waited()) <= 0;
        return stage.rank() < rank || (stage.rank() == rank && waited);
    }
}
