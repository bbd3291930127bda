package io.jitapproval.core.approval;

import io.jitapproval.ApprovalRequest;
import io.jitapproval.ApprovalRequest.State;
import io.jitapproval.ApproverSelector;
import io.jitapproval.BreakGlass;
import io.jitapproval.Debt;
import io.jitapproval.Debt.Finding;
import io.jitapproval.Debt.Review;
import io.jitapproval.Grant;
import io.jitapproval.Reason;
import io.jitapproval.Ref;
import io.jitapproval.Way;
import io.jitapproval.core.approval.Tidings.Told;
import io.jitapproval.spi.ApprovalNotice;
import io.jitapproval.spi.AuditRecord;
import io.jitapproval.spi.AuditRecord.Kind;
import io.jitapproval.spi.GrantStore.EntryChange;
import io.jitapproval.spi.GrantStore.Step;
import io.jitapproval.spi.GrantStore.Submission;
import io.jitapproval.spi.OutboxMessage;
import io.jitapproval.spi.Person;
import io.jitapproval.spi.StoreEntry;
import java.text.Normalizer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What becomes of an emergency: the request that it answers, with its grant, alarm and debt in one step; and its reviews. */
public final class GlassLife {

    private GlassLife() {}

    /**
     * Who broke the glass, and who hears of it.
     *
     * @param why     what the emergency is
     * @param person  the canonical id of the one whose emergency it is
     * @param barred  the canonical ids of those who may not review it
     * @param alarm   who is told at once
     * @param grantId the id of the grant to create
     */
    public record Emergency(String why, String person, Set<String> barred, List<Person> alarm, String grantId) {}

    /**
     * The request is made, and the emergency answers it.
     *
     * @param request   the pending request; its requirement has the terms of the grant that the emergency gives
     * @param terms     what policy allows
     * @param emergency the emergency
     * @param tidings   says which messages go out
     * @param known     what else the record of the request says
     * @return the submission, approved
     */
    public static Submission broken(
            ApprovalRequest request,
            BreakGlass terms,
            Emergency emergency,
            Tidings tidings,
            Map<String, Object> known) {
        Instant now = request.createdAt();
        Told told = tidings.about(
                request.ended(State.APPROVED, Reason.BREAK_GLASS, now, Optional.of(emergency.grantId())),
                ApprovalNotice.Kind.ALARM,
                emergency.alarm(),
                now);
        ApprovalRequest approved = told.request();
        Grant grant = RequestLife.grant(
                approved, emergency.grantId(), request.requirement().grant(), List.of(), List.of(), now);
        Debt debt = new Debt(
                request.id(),
                emergency.person(),
                request.subject(),
                request.action(),
                request.resource(),
                emergency.why(),
                emergency.barred(),
                terms.review(),
                now,
                now.plus(terms.reviewWithin()),
                List.of());
        return new Submission(
                approved,
                Optional.of(grant),
                List.of(
                        RequestRecords.requested(request, now, known),
                        RequestRecords.of(
                                Kind.DECIDED,
                                approved,
                                now,
                                Optional.empty(),
                                Reason.BREAK_GLASS,
                                Map.of("state", approved.state().word())),
                        RequestRecords.granted(grant, now, Reason.BREAK_GLASS),
                        RequestRecords.of(
                                Kind.BREAK_GLASS,
                                approved,
                                now,
                                Optional.empty(),
                                Reason.BREAK_GLASS,
                                details(debt, emergency, told))),
                told.messages(),
                List.of(new DebtEntry(debt, false, request.policy(), request.binding()).entry(now)));
    }

    private static Map<String, Object> details(Debt debt, Emergency emergency, Told told) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("why", debt.reason());
        details.put("person", debt.person());
        details.put("alarm", emergency.alarm().stream().map(Person::id).toList());
        details.put(
                "channels", told.messages().stream().map(OutboxMessage::channel).toList());
        details.put("review", debt.review().stream().map(Way::toString).toList());
        details.put("due", debt.due());
        return details;
    }

    /**
     * Somebody reviews an emergency.
     *
     * @param reviewer the identity of the reviewer
     * @param person   the canonical id of the person behind it
     * @param places   the selectors of the debt that name the person now
     * @param finding  what they found
     * @param text     what they say
     * @return the change; its result says whether the review counts
     */
    public static EntryChange<Reason> review(
            Ref reviewer, String person, Set<ApproverSelector> places, Finding finding, String text) {
        return (current, now) -> {
            if (current.isEmpty()) {
                return Step.nothing(Reason.UNKNOWN_ID);
            }
            DebtEntry before = DebtEntry.of(current.get());
            Debt debt = before.debt();
            Reason refusal = whyNot(before, person, places);
            if (refusal != Reason.DEBT_REVIEWED) {
                return Step.nothing(refusal);
            }
            List<Review> reviews = new ArrayList<>(debt.reviews());
            reviews.add(new Review(person, places, finding, text, now));
            Debt after = new Debt(
                    debt.id(),
                    debt.person(),
                    debt.subject(),
                    debt.action(),
                    debt.resource(),
                    debt.reason(),
                    debt.barred(),
                    debt.review(),
                    debt.since(),
                    debt.due(),
                    reviews);
            boolean settled = isFilled(after.review(), reviews);
            StoreEntry next = new DebtEntry(after, settled, before.policy(), before.binding()).entry(now);
            return Step.to(next, Reason.DEBT_REVIEWED, reviewed(before, reviewer, reviews, settled, now));
        };
    }

    private static Reason whyNot(DebtEntry entry, String person, Set<ApproverSelector> places) {
        Debt debt = entry.debt();
        if (isAmong(person, debt.barred())) {
            return Reason.OWN_DEBT;
        }
        if (places.isEmpty()) {
            return Reason.REVIEWER_NOT_ELIGIBLE;
        }
        if (entry.settled()) {
            return Reason.DEBT_SETTLED;
        }
        return isAmong(person, debt.reviews().stream().map(Review::person).toList())
                ? Reason.ALREADY_REVIEWED
                : Reason.DEBT_REVIEWED;
    }

    private static boolean isFilled(Set<Way> ways, List<Review> reviews) {
        Map<String, Set<ApproverSelector>> people = new LinkedHashMap<>();
        reviews.forEach(review -> people.put(review.person(), review.as()));
        return canReview(ways, people);
    }

    private static AuditRecord reviewed(
            DebtEntry entry, Ref reviewer, List<Review> reviews, boolean settled, Instant now) {
        Debt debt = entry.debt();
        Review review = reviews.get(reviews.size() - 1);
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("person", review.person());
        details.put("finding", review.finding().word());
        if (!review.text().isEmpty()) {
            details.put("why", review.text());
        }
        details.put("settled", settled);
        details.put("overdue", debt.isOverdue(now));
        return new AuditRecord(
                now,
                Kind.DEBT_REVIEWED,
                debt.subject(),
                List.of(),
                debt.action(),
                debt.resource(),
                List.of(),
                Optional.of(debt.id()),
                Optional.empty(),
                "",
                Optional.of(reviewer),
                Reason.DEBT_REVIEWED,
                List.of(),
                entry.policy(),
                entry.binding(),
                details);
    }

    /**
     * Whether others could review an emergency at all.
     *
     * @param ways   who has to review it
     * @param people for each person's canonical id, the selectors that name the person
     * @return whether every way can be filled
     */
    public static boolean canReview(Set<Way> ways, Map<String, Set<ApproverSelector>> people) {
        return Quorum.filled(ways.stream().map(Set::of).toList(), people);
    }

    /**
     * Whether a person is one of some; two ids that look alike count as one.
     *
     * @param person the canonical id
     * @param people the canonical ids
     * @return true if it is
     */
    public static boolean isAmong(String person, Collection<String> people) {
        return people.stream().map(GlassLife::fold).collect(Collectors.toSet()).contains(fold(person));
    }

    private static String fold(String id) {
        return Normalizer.normalize(id, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
    }
}
