import CampaignCore
import Foundation
import Synchronization
import Testing

@testable import CampaignStore

extension StoreTests {
    /// A campaign is cancelled in slices of three contacts here; each test decides what happens in between.
    @Suite struct CancelSliceTests {

        @Test func `from the first slice on no contact of a cancelled campaign is claimed, and every command knows`()
            async throws
        {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 10)
                try await database.fill(contacts: 10, campaign: "outra")
                let hooks = SliceHooks()
                let store = try database.open(hooks)
                _ = try await store.begin(Sample.start())
                let claimed = Mutex<[Int]>([])
                for slice in 2...4 {
                    hooks.does(at: slice) {
                        let commit = try await store.commit(Sample.batch(claims: 2))
                        claimed.withLock { $0.append(commit.calls.count) }
                        #expect(commit.rest == .empty)
                    }
                }
                #expect(try await store.cancel(campaign: Sample.name) == 10)
                #expect(claimed.withLock { $0 } == [0, 0, 0] && hooks.count == 4)
                #expect(try await store.cancel(campaign: "outra") == 10)
                try store.close()
            }
        }

        /// Everything that can requeue contacts of a campaign.
        enum Next: CaseIterable, Sendable {
            case run, retry, resolve, cancel, unblock, clearedQueue, finish, list
        }

        @Test(arguments: Next.allCases)
        func `the next write to a campaign completes a killed cancel, before anybody is called`(
            _ next: Next
        ) async throws {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 10)
                try await database.opened { store in
                    _ = try await store.begin(Sample.start())
                    try await store.record(try await store.claim(1).map { Sample.accepted($0) })
                    _ = try await store.block(now: Sample.now, [try Sample.phone(9)])
                }
                try await killedCancel(in: database)
                let counts = try database.reader().counts(campaign: Sample.name)
                #expect(counts.ready == 5 && counts.excluded == 4)
                let store = try database.open(SliceHooks())
                try await perform(next, store)
                if next != .list { #expect(try database.reader().counts(campaign: Sample.name).excluded >= 8) }
                #expect(try database.text("SELECT is_cancelling FROM campaign") == "0")
                if next != .run { _ = try await store.begin(Sample.start()) }
                let calls = try await store.claim(20).map(\.phone)
                // Only what was imported after that.
                switch next {
                case .run, .retry, .resolve, .cancel, .unblock, .clearedQueue, .finish: #expect(calls.isEmpty)
                case .list: #expect(calls == [try Sample.phone(100)])
                }
                try store.close()
            }
        }

        private func perform(_ next: Next, _ store: CampaignStore) async throws {
            switch next {
            case .run: #expect(try await store.begin(Sample.start()).counts.ready == 0)
            case .retry: #expect(try await store.retry(campaign: Sample.name, where: .state(.failed)).requeued == 0)
            case .resolve: _ = try await store.resolve(campaign: Sample.name, .all, as: .notCalled)
            case .cancel: #expect(try await store.cancel(campaign: Sample.name) == 8)
            case .unblock: #expect(try await store.unblock([try Sample.phone(9)], requeues: true).requeued == 0)
            case .clearedQueue:
                let call = ClearedCall(attempt: AttemptID(contact: 1, number: 1), zaapId: "Z1.1")
                #expect(try await store.requeue([call]).excluded == [call])
            case .finish: try await store.finishCancels(of: Sample.name)
            case .list:
                _ = try await store.importLists(campaign: Sample.name, file: "c.yml", now: Sample.now) { writer in
                    try writer.beginList(file: "b.csv", columns: ["telefone"])
                    let phone = try Sample.phone(100)
                    try writer.add(.contact(ListContact(phone: phone, callDuration: nil, own: [phone.text])))
                }
            }
        }

        @Test
        func `after a cancel during a run that is killed before its calls end, none of them is tried again`()
            async throws
        {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 10)
                let start = Sample.start { $0.inDoubt = .retry }
                let store = try database.open(SliceHooks())
                _ = try await store.begin(start)
                let calls = try await store.claim(3)
                #expect(try await store.cancel(campaign: Sample.name, isBeingDialed: true) == 7)
                // One comes back to be tried again, one is spooled, one is cut off.
                try await store.record([Sample.retry(calls[0], after: .zero)])
                try await store.spool([Sample.retry(calls[1], after: .zero)])
                #expect(try await store.claim(5).isEmpty)
                try store.close()
                try await database.opened { store in
                    let counts = try await store.begin(start).counts
                    #expect(counts.ready == 0 && counts.excluded == 9 && counts.inDoubt == 1)
                    #expect(try await store.claim(5, at: Sample.later(1_000_000)).isEmpty)
                }
            }
        }

        @Test func `a cancel during a run also counts contacts that the run returns`() async throws {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 10)
                try await database.opened { store in
                    _ = try await store.begin(Sample.start())
                    let calls = try await store.claim(3)
                    #expect(try await store.cancel(campaign: Sample.name, isBeingDialed: true) == 7)
                    try await store.record([Sample.retry(calls[0], after: .zero), Sample.accepted(calls[1])])
                    #expect(try await store.cancel(campaign: Sample.name, isAfterRun: true) == 8)
                }
            }
        }

        @Test func `an expired campaign is emptied over several commits, and none of them claims anybody`() async throws
        {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 7)
                let store = try database.open(SliceHooks())
                _ = try await store.begin(Sample.start())
                var excluded: [Int] = []
                var rest: RemainingContacts?
                while rest != .empty, excluded.count < 9 {
                    var batch = Sample.batch(claims: 2)
                    batch.expires = true
                    let commit = try await store.commit(batch)
                    #expect(commit.calls.isEmpty)
                    excluded.append(commit.excluded)
                    rest = commit.rest
                }
                #expect(excluded == [3, 3, 1])
                try store.close()
            }
        }

        private func killedCancel(in database: TemporaryDatabase) async throws {
            let hooks = SliceHooks()
            let store = try database.open(hooks)
            hooks.does(at: 2) { throw Killed() }
            await #expect(throws: StoreError.self) { try await store.cancel(campaign: Sample.name) }
            try store.close()
        }
    }
}
