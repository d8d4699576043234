import CampaignCore
import Foundation
import Synchronization
import Testing

@testable import CampaignStore

extension StoreTests {
    /// Contacts are requeued in slices of three here; each test decides what happens in between.
    @Suite struct RequeueSliceTests {

        @Test func `a contact blocked between two slices is not requeued, by whichever form of the number`()
            async throws
        {
            try await withFailed { database in
                // The last one is known by a number of its own as well, which is put on the list.
                let other = try Sample.phone(1000)
                try database.change("INSERT INTO contact_identity SELECT 1, \(other.identity), 10")
                let hooks = SliceHooks()
                let store = try database.open(hooks)
                hooks.does(at: 2) {
                    _ = try await store.block(now: Sample.now, [try Sample.phone(8), other])
                }
                let totals = try await store.retry(campaign: Sample.name, where: .state(.failed))
                #expect(totals.requeued == 8 && totals.refused == [.doNotCall: 2])
                _ = try await store.begin(Sample.start())
                #expect(try await store.claim(20).map(\.phone) == (0..<8).map { try Sample.phone($0) })
                try store.close()
            }
        }

        @Test func `a contact that was requeued, called and failed again is not requeued again by the same command`()
            async throws
        {
            try await withFailed { database in
                let hooks = SliceHooks()
                let store = try database.open(hooks)
                _ = try await store.begin(Sample.start())
                for slice in 2...4 {
                    hooks.does(at: slice) {
                        let refused = CallReply(verdict: .refused, httpStatus: 400, error: "no")
                        try await store.record(
                            try await store.claim(9).map { Sample.result($0, refused, .failed(.refused)) })
                    }
                }
                let totals = try await store.retry(campaign: Sample.name, where: .state(.failed))
                #expect(totals.requeued == 10 && hooks.count == 4)
                #expect(try database.text("SELECT max(attempts) || ' ' || min(attempts) FROM contact") == "2 1")
                let counts = try database.reader().counts(campaign: Sample.name)
                #expect(counts.failed == 9 && counts.ready == 1)
                try store.close()
            }
        }

        @Test func `a killed retry has requeued some contacts, and repeating it requeues the others`()
            async throws
        {
            try await withFailed { database in
                let hooks = SliceHooks()
                let store = try database.open(hooks)
                hooks.does(at: 3) { throw Killed() }
                await #expect(throws: StoreError.self) {
                    try await store.retry(campaign: Sample.name, where: .state(.failed))
                }
                #expect(try database.reader().counts(campaign: Sample.name).ready == 6)
                #expect(try await store.retry(campaign: Sample.name, where: .state(.failed)).requeued == 4)
                try store.close()
            }
        }

        @Test(arguments: [false, true])
        func `a campaign that is cancelled while its contacts are requeued has nobody to call`(_ isResolved: Bool)
            async throws
        {
            try await withFailed(isResolved ? "in_doubt" : "failed") { database in
                let hooks = SliceHooks()
                let store = try database.open(hooks)
                hooks.does(at: 2) { _ = try await store.cancel(campaign: Sample.name) }
                await #expect(throws: InterruptedOperation.cancelledMeanwhile(campaign: Sample.name)) {
                    if isResolved {
                        _ = try await store.resolve(campaign: Sample.name, .all, as: .notCalled)
                    } else {
                        _ = try await store.retry(campaign: Sample.name, where: .state(.failed))
                    }
                }
                let counts = try database.reader().counts(campaign: Sample.name)
                #expect(counts.ready == 0 && counts.excluded == 3)
                try store.close()
            }
        }

        @Test func `doubts are resolved in slices, and contacts blocked in between do not become ready`() async throws {
            try await withFailed("in_doubt") { database in
                let hooks = SliceHooks()
                let store = try database.open(hooks)
                hooks.does(at: 2) { _ = try await store.block(now: Sample.now, [try Sample.phone(8)]) }
                let done = try await store.resolve(campaign: Sample.name, .all, as: .notCalled)
                #expect(done.resolved == (try (0..<10).map(Sample.phone)) && done.excluded == 1)
                #expect(try database.reader().counts(campaign: Sample.name).ready == 9)
                try store.close()
            }
        }

        /// A campaign of ten contacts in a state, after one attempt.
        private func withFailed(
            _ state: String = "failed", _ body: (TemporaryDatabase) async throws -> Void
        ) async throws {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 10)
                try database.change("UPDATE contact_row SET state = '\(state)', reason = 'refused', attempts = 1")
                try database.change("INSERT INTO instance (zapi_id, name) VALUES ('A', 'iA')")
                let outcome = state == "failed" ? "refused" : state
                try database.change(
                    """
                    INSERT INTO attempt (contact_id, number, instance_id, started_at, ended_at, outcome)
                    SELECT id, 1, 1, 0, 1, '\(outcome)' FROM contact
                    """)
                try await body(database)
            }
        }
    }
}
