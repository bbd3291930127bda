package io.jitapproval.core.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.jitapproval.Action;
import io.jitapproval.EvaluationRequest;
import io.jitapproval.Reason;
import io.jitapproval.Resource;
import io.jitapproval.Subject;
import io.jitapproval.core.analysis.PolicyDiff.State;
import io.jitapproval.core.policy.Policy;
import io.jitapproval.spi.PolicySource.PolicyText;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What an adversarial review of lint and diff found: rules that were said never to match, and did. */
@DisplayName("design §5: lint says 'never', and diff 'nothing', only where that is so")
class ReviewedAnalysisTest {

    @Test
    @DisplayName("a day of a calendar years ahead, with a time window in another zone")
    void calendarInOneZoneHoursInAnother() {
        assertMatches(
                "calendars: {launch: [2030-03-15]}",
                "all: [{time: {on: launch}}, {time: {inside: '10:00-10:30', zone: Asia/Tokyo}}]",
                at("2030-03-15T01:00:00Z"));
    }

    @Test
    @DisplayName("a day of a calendar years ahead, and hours in a zone that is two days away from it")
    void calendarAndHoursTwoDaysApart() {
        assertMatches(
                "calendars: {launch: [2030-03-15]}",
                "all: [{time: {on: launch, zone: Pacific/Kiritimati}}, {time: {inside: '22:30-23:00', zone: Etc/GMT+12}}]",
                at("2030-03-14T10:30:00Z"));
        assertMatches(
                "calendars: {launch: [2030-03-15]}",
                "all: [{time: {on: launch, zone: Etc/GMT+12}}, {time: {inside: '01:00-01:30', zone: Pacific/Kiritimati}}]",
                at("2030-03-16T11:00:00Z"));
    }

    @Test
    @DisplayName("all elements of all elements")
    void listsOfLists() {
        assertMatches(
                "",
                "resource.groups.*.people.*.id: {contains: ana}",
                of(
                        Map.of(),
                        Map.of(
                                "groups",
                                List.of(Map.of("people", List.of(Map.of("id", "bob"), Map.of("id", "ana")))))));
        assertMatches(
                "",
                "action.rows.*.*: {subsetOf: [1, 2], sizeEquals: 3}",
                of(Map.of("rows", List.of(List.of(1, 2), List.of(2))), Map.of()));
    }

    @Test
    @DisplayName("a network, without the addresses that are tried and in the spellings that are tried")
    void textsBesideNetworks() {
        assertMatches(
                "",
                "context.ip: {inNetwork: 10.0.0.1, notIn: ['10.0.0.1', '::ffff:10.0.0.1', '::ffff:a00:1', '::FFFF:10.0.0.1']}",
                ip("0:0:0:0:0:ffff:10.0.0.1"));
        assertMatches(
                "",
                "context.ip: {inNetwork: '10.0.0.0/30', notIn: ['10.0.0.0', '::ffff:a00:0', '10.0.0.3', '::ffff:a00:3',"
                        + " '10.0.0.1', '::ffff:a00:1', '::ffff:10.0.0.0', '::ffff:10.0.0.1', '::ffff:10.0.0.3']}",
                ip("10.0.0.2"));
    }

    @Test
    @DisplayName("a duration, without the spellings that are tried")
    void textsBesideDurations() {
        assertMatches(
                "",
                "action.wait: {atMost: PT1H, atLeast: PT1H, notIn: [PT1H, P0DT1H]}",
                of(Map.of("wait", "PT60M"), Map.of()));
    }

    @Test
    @DisplayName("a duration of less than a second, and a text that says it")
    void textBesideFractions() {
        assertMatches(
                "",
                "action.wait: {atMost: PT0.5S, atLeast: PT0.5S, notEquals: PT0.5S}",
                of(Map.of("wait", "PT0.50S"), Map.of()));
    }

    private static Example at(String time) {
        return new Example(request(Map.of(), Map.of(), Map.of()), Instant.parse(time), Map.of(), Set.of());
    }

    private static Example ip(String address) {
        return new Example(request(Map.of(), Map.of(), Map.of("ip", address)), Probes.AT, Map.of(), Set.of());
    }

    private static Example of(Map<String, Object> arguments, Map<String, Object> resource) {
        return new Example(request(arguments, resource, Map.of()), Probes.AT, Map.of(), Set.of());
    }

    private static EvaluationRequest request(
            Map<String, Object> arguments, Map<String, Object> resource, Map<String, Object> context) {
        return new EvaluationRequest(
                Subject.user("ana"),
                List.of(),
                new Action("pay", arguments),
                new Resource("order", "42", resource),
                context);
    }

    /** The rule matches this request, so nothing may be said that denies it. */
    private static void assertMatches(String definitions, String when, Example example) {
        PolicyText without = new PolicyText("policy.yaml", "default: deny\nrules: []\n");
        PolicyText with = new PolicyText(
                "policy.yaml",
                "default: deny\n" + definitions + "\nrules:\n  - {id: r, actions: [pay], effect: allow, when: {" + when
                        + "}}\n");
        Policy policy = Policy.parse(with);
        assertThat(example.under(policy).reason()).isEqualTo(Reason.POLICY_ALLOWED);
        assertThat(new Lint(policy, List.of(with), Probes.AT).findings())
                .extracting(Finding::check)
                .doesNotContain(Check.NEVER_MATCHES, Check.DECIDED_BY_OTHERS);
        PolicyDiff diff = PolicyDiff.of(Policy.parse(without), policy, Probes.AT);
        assertThat(diff.easier().state()).isNotEqualTo(State.NONE);
        assertThat(PolicyDiff.of(policy, Policy.parse(without), Probes.AT)
                        .harder()
                        .state())
                .isNotEqualTo(State.NONE);
    }
}
