package io.agents.registry.core.internal;

import io.agents.registry.testkit.reliability.PlantedBug;
import io.agents.registry.testkit.reliability.PlantedBugs;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

@Tag("planted")
@DisplayName("The checks of the core find the bugs that are planted for them")
class PlantedBugsTest {

  private static PlantedBug inCore(String bug, String type) {
    return PlantedBug.named(bug).in("registry.core", type);
  }

  @TestFactory
  Stream<DynamicTest> quotas() {
    return PlantedBugs.tests(
        inCore("room is looked for and then taken, in two steps", "Quotas")
            .replacing(
                "while (!agents.compareAndSet(held, held + more));",
                """
                while (false);
                java.util.concurrent.locks.LockSupport.parkNanos(1);
                agents.set(held + more);
                """)
            .foundBy(QuotaUnderLoadTest.class, "ofManyWhoWantTheLastRoomExactlyOneGetsIt")
            .saying("who registered when there was room for one more"),
        inCore("taking an id over gives nothing back to the former owner", "Quotas")
            .replacing(
                "if (present.byOwner() != null && new Claim(agent.owner(), former)",
                "if (present.byOwner() == null && new Claim(agent.owner(), former)")
            .foundBy(QuotaUnderLoadTest.class, "whateverHappensNoRoomIsLostAndNoneIsInvented")
            .saying("agents when one more was refused"),
        inCore("an agent whose owner went keeps its room", "Changes")
            .replacing("reason != Reason.REPLACED", "reason == Reason.ASKED")
            .foundBy(QuotaUnderLoadTest.class, "whateverHappensNoRoomIsLostAndNoneIsInvented")
            .saying("agents when one more was refused"),
        inCore("a registration of many that is refused keeps room", "Quotas")
            .replacing("taken.forEach((other, back) -> minus(byOwner, other, back));", "")
            .foundBy(QuotasTest.class)
            .saying("agents.max.per.owner"),
        inCore("quotas hold for nobody", "LockedWrites")
            .replacing("!quotas.areInForce()", "true")
            .foundBy(QuotaInSmallHeapTest.class)
            .saying("the number of an agent over the quota"),
        inCore("a service over the quota is logged each time", "Contest")
            .replacing("overQuota.add(best.service())", "true")
            .foundBy(WhiteboardTest.class, "aServiceOverTheQuotaIsLoggedOnceAndWaits")
            .saying("is not registered as the agent 'c'"));
  }

  @TestFactory
  Stream<DynamicTest> whiteboard() {
    return PlantedBugs.tests(
        inCore("a service is taken by a filter that is not in force any more", "Whiteboard")
            .replacing(
                "reading = ServiceReading.of(service, by, core.checks());",
                """
                reading = ServiceReading.of(service, by, core.checks());
                java.util.concurrent.locks.LockSupport.parkNanos(500_000);
                """)
            .replacing("by == filter && number", "number")
            .replacing("while (by != filter);", "while (false);")
            .foundBy(
                WideWhiteboardTest.class, "amidRestartsChangesOtherFiltersAndFlipsItAgreesInTheEnd")
            .saying("service-"),
        inCore("another filter holds for what comes later only", "Whiteboard")
            .replacing("lookAtAll();\n    tellOfFilter();", "tellOfFilter();")
            .foundBy(WideWhiteboardTest.class, "anotherFilterAddsAndRemovesExactlyTheRightOnes")
            .saying("service-"),
        inCore("the end of a service is forgotten when it was announced", "GoingServices")
            .replacing("going.put(number(service), new WeakReference<>(service));", "")
            .foundBy(WhiteboardTest.class, "aServiceWhoseEndIsAnnouncedBeforeItsBeginningIsNoAgent")
            .saying("agents of a service that has gone"),
        inCore("services that never asked for it are warned of", "WhiteboardLog")
            .replacing("&& !candidate.isNamed()", "&& candidate.id().isEmpty()")
            .foundBy(WideWhiteboardTest.class, "whatMetadataCannotHoldIsLeftOutWithoutAWord")
            .saying("is left out"));
  }

  @TestFactory
  Stream<DynamicTest> succession() {
    return PlantedBugs.tests(
        inCore("numbers begin anew after an update", "RegistryCore")
            .replacing("quotas, estate.lastRegistration());", "quotas, 0);")
            .foundBy(SuccessionTest.class, "whatWasInheritedCountsInQuotas")
            .saying("the number of the next registration"),
        inCore("what was inherited does not count", "RegistryCore")
            .replacing(
                "    // Agents that are there already count in quotas.\n    settings(settings);",
                "    settings(settings);\n    estate.agents().forEach(store::putIfAbsent);")
            .replacing(
                "    estate.agents().forEach(store::putIfAbsent);\n    changes.failures(",
                "    changes.failures(")
            .foundBy(SuccessionTest.class, "whatWasInheritedCountsInQuotas")
            .saying("QuotaExceededException"),
        inCore("agents of owners that are gone are taken over", "Succession")
            .replacing("agent.isOwnerGone() || ", "")
            .foundBy(SuccessionTest.class, "oneWhoseOwnerIsGoneIsNotClaimed")
            .saying("Estate"),
        inCore("a handle that is closed at the end closes nothing", "Handle")
            .replacing("if (!core.withdraw(number)) {", "if (id.isEmpty()) {")
            .foundBy(SuccessionTest.class, "whatIsClosedAtTheEndIsNotClaimed")
            .saying("agents that are left"),
        PlantedBug.named("what is left is claimed twice")
            .in("registry.api", "Inheritance")
            .replacing("agents = null;\n      ended", "ended")
            .foundBy(
                SuccessionTest.class, "whatWasWithdrawnIsNotClaimedAndWhatWasClaimedIsNotWithdrawn")
            .saying("what is claimed once more"));
  }

  @TestFactory
  Stream<DynamicTest> contract() {
    return PlantedBugs.tests(
        inCore("a bundle may change the agents of others", "Caller")
            .replacing("if (!mayChange(agent)) {", "if (agent == null) {")
            .foundBy(MonitoringRegistryContractTest.class)
            .saying("R8.2"),
        PlantedBug.named("lists in metadata are those of the caller")
            .in("registry.api", "MetadataCopier")
            .replacing(
                "return Collections.unmodifiableList(copyElements(path, list, depth + 1, new ArrayList<>()));",
                "copyElements(path, list, depth + 1, new ArrayList<>());\n      return list;")
            .foundBy(MonitoringRegistryContractTest.class)
            .saying("R5"));
  }

  @TestFactory
  Stream<DynamicTest> lockDiscipline() {
    PlantedBug owner =
        inCore("the owner is asked for under the lock", "LockedWrites")
            .replacing(
                "requireSame(seen, before);",
                """
                requireSame(seen, before);
                if (before.isOwnerGone()) {
                  throw new AgentNotFoundException(seen.id());
                }
                """);
    PlantedBug listener =
        inCore("a listener is called under the lock", "EventHub")
            .replacing(
                "delivery.mailbox().offer(change);",
                """
                delivery.mailbox().offer(change);
                if (delivery.mailbox().claim()) {
                  delivery.run();
                }
                """);
    return PlantedBugs.tests(
        owner.foundBy(LockedRegionsTest.class).saying("ServiceReference.getBundle()"),
        owner
            .foundBy(CallingBackTest.class, "theFrameworkMayWhenAnUpdateAsksForTheOwner")
            .saying("an update hangs"),
        listener.foundBy(LockedRegionsTest.class).saying("RegistryListener.changed"),
        listener.foundBy(CallingBackTest.class, "aListenerMay").saying("hangs"));
  }

  @TestFactory
  Stream<DynamicTest> linearizability() {
    return Stream.of(
            inCore("what was written during the copy is not carried over", "Filling")
                .replacing("if (written.isEmpty()) {", "if (written != null) {"),
            inCore("the mirror is set after the copy", "Filling")
                .replacing("routing.set(routing.route().mirroredTo(mirror));", "")
                .replacing(
                    "    copy();\n    compare();\n",
                    """
                    copy();
                    compare();
                    locks.exclusively(
                        () -> {
                          routing.set(routing.route().mirroredTo(mirror));
                          return null;
                        });
                    """),
            inCore("writers do not note what they write while a stripe is filled", "Tally")
                .replacing("} else {\n        noteWritten(id);", "} else {"),
            inCore("whoever holds the id under the lock is replaced", "Holders")
                .replacing(
                    "registration == null || registration != holder.registration()",
                    "registration != null && registration < 0"),
            inCore("whoever holds the id under the lock is removed", "LockedWrites")
                .replacing(
                    "seen.registration() != holder.registration()",
                    "seen.registration() > holder.registration()"))
        .map(
            bug ->
                bug.foundBy(LinearizableSwapsTest.class, "withInterleavingsThatAreChosen")
                    .saying("Invalid execution results"))
        .flatMap(PlantedBugs::tests);
  }

  /** Where a window is a few steps of a long swap, many runs find it rather than chosen ones. */
  @TestFactory
  Stream<DynamicTest> linearizabilityUnderStress() {
    return Stream.of(
            inCore("the former backend is cleared before the route moves", "HandOver")
                .replacing(
                    "routing.set(routing.route().movedTo(next).mirroredTo(kept));",
                    """
                    active.clear();
                    java.util.concurrent.locks.LockSupport.parkNanos(1);
                    routing.set(routing.route().movedTo(next).mirroredTo(kept));
                    """),
            inCore("the mirror misses updates", "LockedWrites")
                .replacing("mirror(route, before, after);\n    changes.updated", "changes.updated"),
            inCore("a lookup that finds nothing does not look at the route again", "Routing")
                .replacing(
                    "found = before.active().lookup(id);",
                    """
                    java.util.concurrent.locks.LockSupport.parkNanos(1);
                    found = before.active().lookup(id);
                    """)
                .replacing(
                    "if (after.generation() == before.generation()) {\n        return null;",
                    "if (true) {\n        return null;"))
        .map(
            bug ->
                bug.foundBy(LinearizableSwapsTest.class, "withInterleavingsAsTheyCome")
                    .saying("Invalid execution results"))
        .flatMap(PlantedBugs::tests);
  }

  @TestFactory
  Stream<DynamicTest> swaps() {
    return PlantedBugs.tests(
        inCore("the route is a plain field", "Routing")
            .replacing("private volatile Route route;", "private Route route;")
            .foundBy(RoutePublicationTest.class)
            .saying("the wait of a reader for the new route hangs"),
        inCore("the copy holds the locks of the writers", "Filling")
            .replacing(
                "  private void copy() {\n",
                """
                private void copy() {
                  locks.exclusively(
                      () -> {
                        copyAll();
                        return null;
                      });
                }

                private void copyAll() {
                """)
            .foundBy(FrozenCopyTest.class)
            .saying("that ended while the copy stood still"),
        inCore("a backend that failed keeps what was copied", "HandOver")
            .replacing("noting(failures, \"clearing \" + next.name(), next.backend()::clear);", "")
            .foundBy(FailingSwapTest.class)
            .saying("the next backend is empty"),
        inCore("the route moves although the swap failed", "HandOver")
            .replacing(
                "leave(filling.mirror(), e, left);",
                """
                leave(filling.mirror(), e, left);
                routing.set(routing.route().movedTo(next));
                """)
            .foundBy(FailingSwapTest.class)
            .saying("expected: \"legacy\""),
        inCore("a swap that failed is not told", "HandOver")
            .replacing(
                "LOG.warn(\n          \"Did not hand over",
                "LOG.debug(\n          \"Did not hand over")
            .foundBy(FailingSwapTest.class)
            .saying("lines of the log about the failure"),
        inCore("what was placed before a refusal stays", "LockedWrites")
            .replacing("undo(placed.get(last), active, e);", "")
            .foundBy(BulkDuringSwapsTest.class)
            .saying("present, but not accepted"),
        inCore("registrations of many are not repeated on the mirror", "LockedWrites")
            .replacing(
                "all.forEach(one -> publish(one, route));",
                "all.forEach(one -> changes.registered(one.agent()));")
            .foundBy(BulkDuringSwapsTest.class)
            .saying("BulkDuringSwapsTest"));
  }

  @TestFactory
  Stream<DynamicTest> mirrors() {
    return PlantedBugs.tests(
        inCore("what its owner takes away at once counts as not stored", "Mirror")
            .replacing("held != null && !held.equals(agent)", "!agent.equals(held)")
            .foundBy(MirrorTest.class, "whatAnOwnerTakesAwayAsSoonAsItIsStoredIsNoFailure")
            .saying("is not the same in next"),
        inCore("a write is not repeated on a mirror in step", "Mirror")
            .replacing("      try {\n        put(agent);", "      try {\n        agent.id();")
            .foundBy(StandingMirrorTest.class)
            .saying("in the mirror"),
        inCore("a mirror that fails fails the call", "Mirror")
            .replacing(
                "failed = fail(e);\n      }\n    }\n    note(agent.id());",
                "throw e;\n      }\n    }\n    note(agent.id());")
            .foundBy(StandingMirrorTest.class)
            .saying("fails on purpose"),
        inCore("a change of roles copies", "Backends")
            .replacing("|| exchangeWith(wanted)", "")
            .foundBy(StandingMirrorTest.class, "aChangeOfRolesCopiesNothingAndKeepsEverything")
            .saying("agents that were stored by the change of roles"),
        inCore("the mirror is ended before the new target is bound", "Backends")
            .replacing("if (stays) {", "if (true) {")
            .foundBy(StandingMirrorTest.class, "goingBackWithoutAMirrorClearsTheFormerBackend")
            .saying("agents that were stored by the change of roles"),
        inCore("what is dropped stays in the former backend that is kept", "HandOver")
            .replacing("cut.dropped().forEach(agent -> purge(kept, agent));", "")
            .foundBy(StandingMirrorTest.class, "aMirrorThatLooksDropsWhatTheActiveBackendKeeps")
            .saying("in the mirror"),
        inCore("an owner's end is not repeated on the mirror", "OwnerRemoval")
            .replacing("mirror != null && mirror.follow(removed, null)", "mirror == null")
            .foundBy(StandingMirrorTest.class, "anOwnersEndIsRepeatedOnAMirrorThatDoesNotLook")
            .saying("in the mirror"),
        inCore("a backend that stands still is waited for", "Background")
            .replacing("task.get(end - System.nanoTime(), TimeUnit.NANOSECONDS);", "task.get();")
            .replacing("} catch (TimeoutException e) {", "} catch (IllegalStateException e) {")
            .foundBy(HangingBackendTest.class, "aMirrorIsGivenUpToo")
            .saying("the filling hangs"),
        inCore("a backend that stood still is used again", "Backends")
            .replacing("state = state.standingStill(next);", "")
            .replacing("|| handOver.isHanging(one)", "")
            .foundBy(HangingBackendTest.class)
            .saying("it is not tried"));
  }

  @TestFactory
  Stream<DynamicTest> comparisons() {
    return PlantedBugs.tests(
        inCore("every difference is put down to a write", "Judge")
            .replacing("if (!mirror.times().isWrittenSince(id, begun)) {", "if (begun == 0) {")
            .foundBy(ComparisonTest.class)
            .saying("differ"),
        inCore("no difference is put down to a write", "Judge")
            .replacing("if (!mirror.times().isWrittenSince(id, begun)) {", "if (begun != 0) {")
            .foundBy(ComparisonTest.class, "aWriteBetweenTheTwoReadsExplainsADifference")
            .saying("OTHER_REVISION=1"),
        inCore("owners that are gone explain nothing", "Judge")
            .replacing("return mirror.isDropped(id);", "return false;")
            .foundBy(ComparisonTest.class, "anOwnerThatIsGoneExplainsADifference")
            .saying("dead"),
        inCore("a mirror is compared with before it is purged", "Judge")
            .replacing("if (!mirror.isPurged()) {", "if (mirror == null) {")
            .foundBy(
                ComparisonTest.class, "aFormerBackendThatStillHoldsWhatIsDroppedIsNotComparedWith")
            .saying("COUNT={EXTRA=1}"),
        inCore("what waits is not bounded", "Comparer")
            .replacing("new AtomicInteger(MOST_WAITING)", "new AtomicInteger(Integer.MAX_VALUE)")
            .foundBy(ComparisonTest.class, "whileThereIsNoRoomNothingIsChosenAndNobodyWaits")
            .saying("what there was room for"),
        inCore("nothing is chosen any more once there was no room", "Comparer")
            .replacing("choosing.open();", "choosing.close();")
            .foundBy(ComparisonTest.class, "whileThereIsNoRoomNothingIsChosenAndNobodyWaits")
            .saying("there is room for more reads"),
        inCore("reads are chosen in vain", "Comparer")
            .replacing("choosing.close();", "choosing.open();")
            .foundBy(ComparisonTest.class, "whileThereIsNoRoomNothingIsChosenAndNobodyWaits")
            .saying("what there was room for"),
        inCore("as many reads are compared in a second as can be", "Comparer")
            .replacing("(int) Math.min(due, missing)", "missing")
            .foundBy(ComparisonTest.class, "noMoreThanTheConfiguredNumberIsComparedInASecond")
            .saying("to be between"),
        inCore("a refusal counts as a failure", "Recorder")
            .replacing("!(cause instanceof RegistryException) && ", "")
            .foundBy(CallMeterTest.class, "aRefusalIsNoFailure")
            .saying("expected: 0L"));
  }
}
