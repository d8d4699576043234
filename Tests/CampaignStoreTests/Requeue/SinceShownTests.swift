import CampaignCore
import CampaignStore
import Testing

extension StoreTests {
    /// What was shown is what is done.
    @Suite struct SinceShownTests {
        private static let shown = Sample.later(60)

        @Test func `whoever was called after they were shown is not requeued, and the others are`() async throws {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 2)
                try await database.opened { store in
                    _ = try await store.begin(Sample.start())
                    try await fail(store.claim(2), at: Sample.now, store)
                    let first = try filter("phone = \(Sample.phone(0).text)")
                    let one = try await store.retry(campaign: Sample.name, where: first, seenAt: Self.shown)
                    #expect(one.requeued == 1 && one.calledSince == 0)
                    try await fail(store.claim(1, at: Sample.later(100)), at: Sample.later(100), store)

                    let stale = try await store.retry(
                        campaign: Sample.name, where: .state(.failed), seenAt: Self.shown)
                    #expect(stale.requeued == 1 && stale.calledSince == 1)
                    let fresh = try await store.retry(
                        campaign: Sample.name, where: .state(.failed), seenAt: Sample.later(200))
                    #expect(fresh.requeued == 1 && fresh.calledSince == 0)
                }
            }
        }

        @Test func `a call that was under way when they were shown is not repeated unseen`() async throws {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 1)
                try await database.opened { store in
                    _ = try await store.begin(Sample.start())
                    try await fail(store.claim(1), at: Sample.now, until: Sample.later(90), store)
                    let stale = try await store.retry(
                        campaign: Sample.name, where: .state(.failed), seenAt: Self.shown)
                    #expect(stale.requeued == 0 && stale.calledSince == 1)
                }
                #expect(try database.reader().counts(campaign: Sample.name).failed == 1)
            }
        }

        @Test func `whoever was imported after the others were shown is not requeued`() async throws {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 2)
                try await database.fill(contacts: 1, from: 2)
                try database.change(
                    "UPDATE import_row SET imported_at = \(Self.shown.milliseconds) WHERE id = 2")
                try await database.opened { store in
                    #expect(try await store.cancel(campaign: Sample.name) == 3)
                    let stale = try await store.retry(
                        campaign: Sample.name, where: .state(.excluded), seenAt: Self.shown)
                    #expect(stale.requeued == 2 && stale.calledSince == 1)
                }
                let reader = try database.reader()
                #expect(try reader.changedContacts(of: [1, 2, 3], since: Self.shown) == [3])
                #expect(try reader.counts(campaign: Sample.name).excluded == 1)
            }
        }

        @Test(arguments: CampaignStore.Resolution.allCases)
        func `what is known of one doubt does not resolve a later one of the same number`(
            _ resolution: CampaignStore.Resolution
        ) async throws {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 1)
                let phone = try Sample.phone(0)
                try await database.opened { store in
                    _ = try await store.begin(Sample.start())
                    try await leaveInDoubt(store.claim(1), at: Sample.now, store)
                    let one = try await store.resolve(
                        campaign: Sample.name, .numbers([phone]), as: .notCalled, seenAt: Self.shown)
                    #expect(one.resolved == [phone] && one.calledSince == 0)
                    try await leaveInDoubt(store.claim(1, at: Sample.later(100)), at: Sample.later(100), store)

                    let stale = try await store.resolve(
                        campaign: Sample.name, .numbers([phone]), as: resolution, seenAt: Self.shown)
                    #expect(stale.resolved.isEmpty && stale.notInDoubt.isEmpty && stale.calledSince == 1)
                    #expect(try database.reader().counts(campaign: Sample.name).inDoubt == 1)
                    let fresh = try await store.resolve(
                        campaign: Sample.name, .numbers([phone]), as: resolution, seenAt: Sample.later(200))
                    #expect(fresh.resolved == [phone] && fresh.calledSince == 0)
                }
            }
        }

        private func fail(
            _ calls: [ClaimedCall], at moment: Timestamp, until end: Timestamp? = nil, _ store: CampaignStore
        ) async throws {
            let refused = CallReply(verdict: .refused, httpStatus: 400, error: "no")
            let times = times(from: moment, until: end)
            try await store.record(calls.map { Sample.result($0, refused, .failed(.refused), times: times) })
        }

        private func leaveInDoubt(_ calls: [ClaimedCall], at moment: Timestamp, _ store: CampaignStore) async throws {
            let reply = CallReply(verdict: .inDoubt(.noReply))
            let times = times(from: moment, until: nil)
            try await store.record(calls.map { Sample.result($0, reply, .inDoubt(.noReply), times: times) })
        }

        private func times(from moment: Timestamp, until end: Timestamp?) -> CallTimes {
            CallTimes(startedAt: moment, endedAt: end ?? moment.advanced(by: .seconds(1)), latency: .seconds(1))
        }

        private func filter(_ text: String) throws -> ContactFilter {
            try ContactFilter(
                parsing: text,
                FilterContext(columns: ["telefone"], phones: PhoneReader(), utcOffset: { _ in 0 }))
        }
    }
}
