package io.jitapproval.walls.model;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AddLifecycleHook;

/** Each broken twin is found by the property of {@link ModelTest} in 1 000 sequences. */
class ModelTwinsTest {

    /** Searched from a seed of its own, so that a build finds it or does not for good. */
    @Target(ElementType.METHOD)
    @Retention(RetentionPolicy.RUNTIME)
    @Property(tries = 1_000, seed = "20261121", edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    @AddLifecycleHook(Found.class)
    @interface Search {}

    @Provide
    Arbitrary<History> histories() {
        return History.all();
    }

    @Search
    @Label("wall 7: the very end counts as before it")
    void endIsInclusive(@ForAll("histories") History history) {
        Check.agrees(history, Twins.END_IS_INCLUSIVE);
    }

    @Search
    @Label("wall 7: a grant's length counts from the asking")
    void clockFromRequest(@ForAll("histories") History history) {
        Check.agrees(history, Twins.CLOCK_FROM_REQUEST);
    }

    @Search
    @Label("wall 3: a grant covers any call")
    void scopeIsAction(@ForAll("histories") History history) {
        Check.agrees(history, Twins.SCOPE_IS_ACTION);
    }

    @Search
    @Label("wall 4: an account is a person of its own")
    void accountIsPerson(@ForAll("histories") History history) {
        Check.agrees(history, Twins.ACCOUNT_IS_PERSON);
    }

    @Search
    @Label("wall 5: who has which role is looked up once")
    void rolesAreKept(@ForAll("histories") History history) {
        Check.agrees(history, Twins.ROLES_ARE_KEPT);
    }

    @Property(tries = 1_000, seed = "20261121", edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.BOUNDED)
    @AddLifecycleHook(Found.class)
    @Label("R31: votes count on what the requester changed since")
    void votesSurviveAChange(@ForAll("histories") History history) {
        Check.agrees(history, Twins.VOTES_SURVIVE_A_CHANGE);
    }

    @Search
    @Label("steps: all are open at once")
    void stepsAreAllOpen(@ForAll("histories") History history) {
        Check.agrees(history, Twins.STEPS_ARE_ALL_OPEN);
    }

    @Search
    @Label("escalations never happen")
    void neverEscalates(@ForAll("histories") History history) {
        Check.agrees(history, Twins.NEVER_ESCALATES);
    }

    @Search
    @Label("wall 9: a timeout is a denial")
    void timeoutIsDenial(@ForAll("histories") History history) {
        Check.agrees(history, Twins.TIMEOUT_IS_DENIAL);
    }

    @Search
    @Label("R25: a later approval beats a denial")
    void lateApprovalWins(@ForAll("histories") History history) {
        Check.agrees(history, Twins.LATE_APPROVAL_WINS);
    }

    @Search
    @Label("wall 14: a denied call is asked again at once")
    void noCoolDown(@ForAll("histories") History history) {
        Check.agrees(history, Twins.NO_COOL_DOWN);
    }

    @Search
    @Label("R40: revoking everything leaves some")
    void revokesNotAll(@ForAll("histories") History history) {
        Check.agrees(history, Twins.REVOKES_NOT_ALL);
    }

    @Search
    @Label("R31: a vote counts whatever the voter saw")
    void staleVotesCount(@ForAll("histories") History history) {
        Check.agrees(history, Twins.STALE_VOTES_COUNT);
    }

    @Search
    @Label("wall 8: a failed use is not spent")
    void failureGivesBack(@ForAll("histories") History history) {
        Check.agrees(history, Twins.FAILURE_GIVES_BACK);
    }

    @Search
    @Label("wall 1: a sink that writes nothing says nothing")
    void silentSink(@ForAll("histories") History history) {
        Check.agrees(history, Twins.SILENT_SINK);
    }

    @Search
    @Label("wall 1: a caller runs what was refused for a fault")
    void failsOpen(@ForAll("histories") History history) {
        Check.agrees(history, Twins.FAILS_OPEN);
    }

    @Search
    @Label("wall 4: requesters decide on their own requests")
    void requesterCounts(@ForAll("histories") History history) {
        Check.agrees(history, Twins.REQUESTER_COUNTS);
    }

    @Search
    @Label("wall 4: one person fills two places")
    void onePersonTwoPlaces(@ForAll("histories") History history) {
        Check.agrees(history, Twins.ONE_PERSON_TWO_PLACES);
    }

    @Search
    @Label("stand-ins vote for nobody")
    void nobodyStandsIn(@ForAll("histories") History history) {
        Check.agrees(history, Twins.NOBODY_STANDS_IN);
    }

    @Search
    @Label("wall 3: the widest grant is used first")
    void widestFirst(@ForAll("histories") History history) {
        Check.agrees(history, Twins.WIDEST_FIRST);
    }

    @Search
    @Label("wall 8: uses are not counted")
    void usesAreNotCounted(@ForAll("histories") History history) {
        Check.agrees(history, Twins.USES_ARE_NOT_COUNTED);
    }
}
