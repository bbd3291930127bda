package io.jitapproval.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.jitapproval.ApproverSelector;
import io.jitapproval.ApproverSelector.Kind;
import io.jitapproval.JitGuard;
import io.jitapproval.Reason;
import io.jitapproval.Ref;
import io.jitapproval.spi.Person;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(JitTest.class)
@JitPolicy("two-of-finance.json")
class TestPeopleTest {

    private static final ApproverSelector FINANCE = new ApproverSelector(Kind.ROLE, "FINANCE");

    @Test
    void everybodyIsAnybody(TestPeople people, FakeApprover approver) {
        approver.as("mia").approve();

        assertThat(people.find(Ref.user("zoe")).map(Person::id)).contains("zoe");
        assertThat(people.find(Ref.parse("service/batch"))).isEmpty();
        assertThat(people.named(FINANCE))
                .extracting(Person::id)
                .containsExactly("mia", "approver-1", "approver-2", "approver-3", "approver-4", "approver-5");
        assertThat(people.named(FINANCE)).allMatch(person -> person.roles().contains("FINANCE"));
        assertThat(people.named(new ApproverSelector(Kind.GROUP, "on-call")))
                .allMatch(person -> person.groups().contains("on-call"));
        assertThat(people.named(new ApproverSelector(Kind.PERSON, "tom")))
                .extracting(Person::id)
                .containsExactly("tom");
    }

    @Test
    void onceDescribedOnlyThoseCount(TestPeople people, FakeApprover approver) {
        approver.as("mia").approve();
        people.person("mia").role("FINANCE").group("on-call").identity("slack/U0123");
        people.person("tom").role("SUPPORT");

        assertThat(people.named(FINANCE)).extracting(Person::id).containsExactly("mia");
        assertThat(people.named(new ApproverSelector(Kind.GROUP, "on-call")))
                .extracting(Person::id)
                .containsExactly("mia");
        assertThat(people.find(Ref.parse("slack/U0123")).map(Person::id)).contains("mia");
        assertThat(people.find(Ref.user("zoe")).orElseThrow().roles()).isEmpty();
    }

    @Test
    void oneHumanIsOneVote(JitGuard guard, TestPeople people, FakeApprover approver) {
        people.person("mia").role("FINANCE").identity("slack/U0123");
        people.person("tom").role("FINANCE");
        approver.as("mia").approve().as("slack/U0123").approve();

        JitAssertions.assertThatCall(() -> guard.attempt("pay").run(() -> {})).isPending();

        approver.as("tom").approve();
        JitAssertions.assertThatCall(() -> guard.attempt("pay").run(() -> {})).ran();
    }

    @Test
    void whoHasNotTheRoleCannotDecide(JitGuard guard, TestPeople people, FakeApprover approver) {
        people.person("mia").role("SUPPORT");
        approver.as("mia").approve();

        JitAssertions.assertThatCall(() -> guard.attempt("pay").run(() -> {}))
                .isDenied()
                .because(Reason.APPROVAL_UNREACHABLE);
    }
}
