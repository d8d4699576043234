import CampaignCore
import CampaignStore
import Testing

extension StoreTests {
    @Suite struct ResolveTests {
        @Test func `a doubt resolved as called is done and keeps its attempt`() async throws {
            try await withDoubts { database in
                try await database.opened { store in
                    let resolved = try await store.resolve(campaign: Sample.name, .all, as: .called).resolved
                    #expect(resolved == (try (0..<3).map { try Sample.phone($0) }))
                    let counts = try await store.begin(Sample.start()).counts
                    #expect(counts.accepted == 3 && counts.inDoubt == 0 && counts.total == 5)
                }
                #expect(
                    try database.text("SELECT group_concat(reason) FROM contact WHERE state = 'accepted'")
                        == "confirmed,confirmed,confirmed")
                #expect(try database.text("SELECT count(*) FROM attempt WHERE outcome = 'in_doubt'") == "3")
            }
        }

        @Test func `a doubt resolved as not called is dialed again with all its attempts`() async throws {
            try await withDoubts { database in
                try await database.opened { store in
                    let phone = try Sample.phone(1)
                    let done = try await store.resolve(campaign: Sample.name, .numbers([phone, phone]), as: .notCalled)
                    #expect(done.resolved == [phone] && done.notInDoubt.isEmpty)
                    _ = try await store.begin(Sample.start())
                    let calls = try await store.claim(5)
                    let again = try #require(calls.first { $0.phone == phone })
                    #expect(again.attempt.number == 2 && again.triesUsed == 0 && again.throttlesInARow == 0)
                    #expect(calls.count == 3)
                }
            }
        }

        @Test func `throttled replies before a doubt do not count after it was resolved`() async throws {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 1)
                try await database.opened { store in
                    _ = try await store.begin(Sample.start())
                    let call = try #require(try await store.claim(1).first)
                    try await store.record([
                        Sample.result(
                            call, CallReply(verdict: .throttled(retryAfter: nil)),
                            .retry(after: .zero, counts: .throttle))
                    ])
                    #expect(try await store.claim(1, at: Sample.later(1)).map(\.throttlesInARow) == [1])
                }
                try await database.opened { store in
                    _ = try await store.begin(Sample.start())
                    _ = try await store.resolve(campaign: Sample.name, .all, as: .notCalled)
                    #expect(try await store.claim(1).map(\.throttlesInARow) == [0])
                }
            }
        }

        @Test func `a result that comes a second time does not undo what a person has resolved`() async throws {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 1)
                try await database.opened { store in
                    _ = try await store.begin(Sample.start())
                    let results = try await store.claim(1).map {
                        Sample.result($0, CallReply(verdict: .inDoubt(.noReply)), .inDoubt(.noReply))
                    }
                    try await store.record(results)
                    _ = try await store.resolve(campaign: Sample.name, .all, as: .notCalled)
                    try await store.record(results)
                }
                #expect(try database.reader().counts(campaign: Sample.name).ready == 1)
            }
        }

        @Test(arguments: CampaignStore.Resolution.allCases)
        func `a number that is not in doubt is left alone`(_ resolution: CampaignStore.Resolution) async throws {
            try await withDoubts { database in
                try await database.opened { store in
                    let others = [try Sample.phone(4), try Sample.phone(99)]
                    let done = try await store.resolve(campaign: Sample.name, .numbers(others), as: resolution)
                    #expect(done.resolved.isEmpty && done.notInDoubt == others)
                    let none = try await store.resolve(campaign: Sample.name, .numbers([]), as: resolution)
                    #expect(none.resolved.isEmpty)
                }
                let counts = try database.reader().counts(campaign: Sample.name)
                #expect(counts.inDoubt == 3 && counts.ready == 2)
            }
        }

        @Test func `cancelling after a kill leaves nobody to be dialed again, whatever the campaign does with doubts`()
            async throws
        {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 5)
                let start = Sample.start { $0.inDoubt = .retry }
                try await database.opened { store in
                    _ = try await store.begin(start)
                    _ = try await store.commit(Sample.batch(claims: 3, paces: Sample.paces))
                }
                let cancelled = try await database.opened { try await $0.cancel(campaign: Sample.name) }
                #expect(cancelled == 2)
                try await database.opened { store in
                    let opening = try await store.begin(start)
                    #expect(opening.counts.inDoubt == 3 && opening.counts.excluded == 2 && opening.counts.ready == 0)
                    #expect(try await store.claim(5, at: Sample.later(1_000_000)).isEmpty)
                    // When the interrupted calls began is as unknown as before: the run waits for a full gap.
                    let wait = opening.instances[0].pace.wait(
                        now: Sample.later(60), uptime: Sample.uptime(at: Sample.later(60)), gap: .seconds(10))
                    #expect(wait == .seconds(10))
                }
            }
        }

        @Test func `cancelling records what a run had to spool, and none of it is requeued`()
            async throws
        {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 3)
                try await database.opened { store in
                    _ = try await store.begin(Sample.start())
                    let calls = try await store.claim(2)
                    try await store.spool([Sample.accepted(calls[0]), Sample.retry(calls[1], after: .zero)])
                }
                let cancelled = try await database.opened { try await $0.cancel(campaign: Sample.name) }
                #expect(cancelled == 2)
                let counts = try await database.opened { try await $0.begin(Sample.start()).counts }
                #expect(counts.accepted == 1 && counts.excluded == 2 && counts.total == 3)
            }
        }

        @Test func `cancelling during a run leaves the calls under way alone`() async throws {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 5)
                try await database.opened { store in
                    _ = try await store.begin(Sample.start())
                    let calls = try await store.claim(3)
                    #expect(try await store.cancel(campaign: Sample.name, isBeingDialed: true) == 2)
                    try await store.record(calls.map { Sample.accepted($0) })
                }
                #expect(try database.reader().counts(campaign: Sample.name).accepted == 3)
            }
        }

        @Test func `cancelling excludes those whose turn has not come, and only once`() async throws {
            try await withDoubts { database in
                try await database.opened { store in
                    #expect(try await store.cancel(campaign: Sample.name) == 2)
                    #expect(try await store.cancel(campaign: Sample.name) == 0)
                    let commit = try await begunClaim(store)
                    #expect(commit.calls.isEmpty && commit.rest == .empty)
                }
                let summary = try database.reader().summary(campaign: Sample.name)
                #expect(summary.counts.excluded == 2 && summary.counts.inDoubt == 3)
                #expect(summary.reasons.contains(ReasonCount(state: .excluded, reason: "cancelled", contacts: 2)))
            }
        }

        @Test func `resolving doubts of one campaign does not affect another`() async throws {
            try await withDoubts { database in
                try await database.fill(contacts: 4, campaign: "outra")
                try await database.opened { store in
                    let cancelled = try await store.cancel(campaign: "outra")
                    let done = try await store.resolve(campaign: "outra", .all, as: .called)
                    #expect(cancelled == 4 && done.resolved.isEmpty)
                }
                #expect(try database.reader().counts(campaign: Sample.name).inDoubt == 3)
            }
        }

        private func begunClaim(_ store: CampaignStore) async throws -> CampaignCommit {
            _ = try await store.begin(Sample.start())
            return try await store.commit(Sample.batch(claims: 1))
        }

        /// A campaign of five contacts, three of them in doubt.
        private func withDoubts(_ body: (TemporaryDatabase) async throws -> Void) async throws {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 5)
                try await database.opened { store in
                    _ = try await store.begin(Sample.start())
                    _ = try await store.claim(3)
                }
                try await database.opened { _ = try await $0.begin(Sample.start()) }
                try await body(database)
            }
        }
    }
}
