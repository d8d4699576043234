import CampaignCore
import Testing

@testable import CampaignStore

extension StoreTests {
    /// A copy that is put in place of a database in which people were forgotten.
    @Suite struct RestoreForgottenTests {
        enum Way: CaseIterable {
            case forget, delete, prune

            func forget(_ store: CampaignStore, _ campaign: String, at seconds: Int) async throws {
                let now = Sample.later(seconds)
                switch self {
                case .forget: _ = try await store.forget(Sample.phone(0), blocks: false, now: now)
                case .delete: _ = try await store.deleteCampaign(campaign, withDoubts: false, now: now)
                case .prune: #expect(try await store.pruneContacts(before: now, now: now).contacts == 1)
                }
            }
        }

        /// Calls the one contact of a campaign that is ready, which then ends.
        private func call(_ campaign: String, _ store: CampaignStore, at seconds: Int, _ end: CallEnd) async throws {
            let now = Sample.later(seconds)
            _ = try await store.begin(Sample.start(campaign, at: now))
            let calls = try await store.claim(1, at: now)
            #expect(calls.count == 1)
            try await store.record(
                calls.map { call in
                    var result = end.result(of: call)
                    (result.startedAt, result.endedAt) = (now, Sample.later(seconds + 1))
                    return result
                })
            try await store.leave(RunDeparture(campaign: 0, staysActive: false))
        }

        @Test(arguments: Way.allCases, [CallEnd.accepted, .refused(.number)])
        func `who was forgotten before it was made, and called and forgotten again since, is not called from it`(
            _ way: Way, _ end: CallEnd
        ) async throws {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 1)
                try await database.opened { store in
                    try await call(Sample.name, store, at: 0, .accepted)
                    try await way.forget(store, Sample.name, at: 9000)
                    _ = try await store.add(rows: [[0]], to: "outra")
                }
                let copy = database.folder + "/copy.db"
                try database.reader().backUp(to: copy)
                try await database.opened { store in
                    try await call("outra", store, at: 20_000, end)
                    try await way.forget(store, "outra", at: 30_000)
                }
                let done = try database.restore(copy, forgetsLater: true)
                let hasRung = end == .accepted
                // Of a call that did not ring, nothing is kept of a deleted campaign.
                let count = hasRung || way != .delete ? 1 : 0
                #expect(
                    done.forgottenCalls == ForgottenCalls(count: count, unlisted: hasRung ? 1 : 0))
                #expect(done.carried.forgottenPeople == (hasRung ? 1 : 0) && done.carried.isComplete)
                let counts = try database.reader().counts(campaign: "outra")
                #expect(counts.ready == (hasRung ? 0 : 1) && counts.excluded == (hasRung ? 1 : 0))
                #expect(try database.reader().examine() == [])
            }
        }

        @Test(arguments: Way.allCases)
        func `nobody is blocked, and nothing said, because of a call that it knows`(_ way: Way) async throws {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 1)
                try await database.opened { try await call(Sample.name, $0, at: 0, .accepted) }
                let copy = database.folder + "/copy.db"
                try database.reader().backUp(to: copy)
                try await database.opened { try await way.forget($0, Sample.name, at: 9000) }
                let done = try database.restore(copy, forgetsLater: true)
                #expect(done.forgottenCalls == ForgottenCalls() && done.carried.forgottenPeople == 0)
                #expect(try database.text("SELECT count(*) FROM block") == "0")
                #expect(try database.reader().counts(campaign: Sample.name).accepted == 1)
            }
        }

        @Test func `what became known of a call afterwards counts, though its person was forgotten`() async throws {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 1)
                let copy = database.folder + "/copy.db"
                try await database.opened { store in
                    try await call(Sample.name, store, at: 0, .inDoubt)
                    // The copy would call again.
                    _ = try await store.resolve(campaign: Sample.name, .all, as: .notCalled)
                    #expect(try database.reader().counts(campaign: Sample.name).ready == 1)
                    try database.reader().backUp(to: copy)
                    try await store.change(
                        """
                        UPDATE attempt SET outcome = 'accepted', zaap_id = 'Z', message_id = 'M', delivery = 'delivered',
                            delivered_at = 1, answer = 'answered', answered_at = 1
                        """)
                    _ = try await store.forget(Sample.phone(0), blocks: false, now: Sample.later(60))
                }
                let done = try database.restore(copy, forgetsLater: true)
                #expect(done.carried.forgottenPeople == 1 && done.forgottenCalls?.unlisted == 1)
                #expect(try database.reader().counts(campaign: Sample.name).ready == 0)
            }
        }
    }
}
