import CampaignCore
import Foundation
import Synchronization
import Testing

@testable import CampaignStore

extension StoreTests {
    /// Large work is done in slices of three rows here; what happens in between is the test's affair.
    @Suite struct SliceTests {
        // MARK: Blocking

        @Test func `numbers are entered in slices, between which others write, and a failure tells how far it came`()
            async throws
        {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 12)
                let between = Between()
                let store = try database.open(between)
                between.does(at: 2) { _ = try await store.block(now: Sample.now, try [Sample.phone(11)]) }
                between.does(at: 3) { throw Killed() }
                await #expect(
                    throws: InterruptedWork.blocking(
                        entered: 6, of: 10, cause: .unexpected(path: database.path, detail: "Killed()"))
                ) { try await store.block(now: Sample.now, try (0..<10).map(Sample.phone)) }
                #expect(try database.text("SELECT count(*) FROM block") == "7")
                _ = try await store.begin(Sample.start())
                #expect(try await store.claim(2).map(\.phone) == [6, 7].map { try Sample.phone($0) })
                let rest = try await store.block(now: Sample.now, try (0..<10).map(Sample.phone))
                #expect(rest.added == 4 && rest.known == 6)
                let counts = try database.reader().counts(campaign: Sample.name)
                #expect(counts.excluded == 9 && counts.dialing == 2 && counts.ready == 1)
                try store.close()
            }
        }

        @Test func `what cannot be read to its end blocks nobody`() async throws {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 12)
                let store = try database.open(Between())
                await #expect(throws: Killed.self) {
                    try await store.block(now: Sample.now) { writer in
                        for index in 0..<10 { try writer.add(try Sample.phone(index), reason: "") }
                        throw Killed()
                    }
                }
                #expect(try database.text("SELECT count(*) FROM block") == "0")
                #expect(try database.reader().counts(campaign: Sample.name).ready == 12)
                try store.close()
            }
        }

        @Test func `a contact that is known by a further number is excluded with that, whatever comes after`()
            async throws
        {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 12)
                let other = try Sample.phone(0 - 5)
                try database.change("INSERT INTO contact_identity SELECT 1, \(other.identity), 10")
                let between = Between()
                let store = try database.open(between)
                between.does(at: 2) { throw Killed() }
                await #expect(throws: InterruptedWork.self) {
                    try await store.block(now: Sample.now, try (0..<6).map(Sample.phone) + [other])
                }
                _ = try await store.begin(Sample.start())
                let expected = try [2, 3, 4, 5, 6, 7, 8, 10, 11].map { try Sample.phone($0) }
                #expect(try await store.claim(20).map(\.phone) == expected)
                try store.close()
            }
        }

        @Test func `whoever is taken off the list before it is excluded goes on waiting`() async throws {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 6)
                let between = Between()
                let store = try database.open(between)
                between.does(at: 3) { _ = try await store.unblock([try Sample.phone(2)], putsBack: false) }
                let totals = try await store.block(now: Sample.now, try (0..<6).map(Sample.phone))
                #expect(totals.added == 6 && totals.excluded == 5)
                #expect(try database.reader().counts(campaign: Sample.name).ready == 1)
                try store.close()
            }
        }

        @Test func `the first row that names a number gives its form and its reason, however many come`() async throws {
            try await TemporaryDatabase.with { database in
                let store = try database.open(Between())
                let long = String(repeating: "ç", count: 40_000)
                let totals = try await store.block(now: Sample.now) { writer in
                    for index in (0..<200).reversed() {
                        let reason = index.isMultiple(of: 50) ? long + "\(index)" : "row \(index)"
                        try writer.add(try Sample.phone(index), reason: reason)
                    }
                    for index in 0..<200 {
                        let other = PhoneNumber(value: 551_190_000_000 + Int64(index))
                        try writer.add(try #require(other), reason: index == 7 ? "" : "again")
                    }
                }
                #expect(totals.added == 200 && totals.known == 200)
                var entries: [BlockEntry] = []
                try database.reader().forEachBlock { entries.append($0) }
                #expect(entries.map(\.phone) == (try (0..<200).map(Sample.phone)))
                #expect(entries[50].reason == long + "50" && entries[199].reason == "row 199")
                #expect(entries.allSatisfy { $0.reason.hasSuffix($0.phone.value.description.suffix(1)) })
                try store.close()
            }
        }

        // MARK: Cancelling

        @Test func `from its first slice on nobody of a cancelled campaign is claimed, and all are told`() async throws
        {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 10)
                try await database.fill(contacts: 10, campaign: "outra")
                let between = Between()
                let store = try database.open(between)
                _ = try await store.begin(Sample.start())
                let claimed = Mutex<[Int]>([])
                for slice in 2...4 {
                    between.does(at: slice) {
                        let commit = try await store.commit(Sample.batch(claims: 2))
                        claimed.withLock { $0.append(commit.calls.count) }
                        #expect(commit.rest == .empty)
                    }
                }
                #expect(try await store.cancel(campaign: Sample.name) == 10)
                #expect(claimed.withLock { $0 } == [0, 0, 0] && between.count == 4)
                #expect(try await store.cancel(campaign: "outra") == 10)
                try store.close()
            }
        }

        /// Whatever may bring somebody of a campaign back.
        enum Next: CaseIterable, Sendable {
            case run, retry, resolve, cancel, unblock, clearedQueue, finish, list
        }

        @Test(arguments: Next.allCases)
        func `whoever writes to a campaign next ends a cancel that was killed, before anybody is called`(
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
                let store = try database.open(Between())
                try await perform(next, store)
                if next != .list { #expect(try database.reader().counts(campaign: Sample.name).excluded >= 8) }
                #expect(try database.text("SELECT is_cancelling FROM campaign") == "0")
                if next != .run { _ = try await store.begin(Sample.start()) }
                let calls = try await store.claim(20).map(\.phone)
                // Only what was brought back after that.
                switch next {
                case .run, .retry, .resolve, .cancel, .finish: #expect(calls.isEmpty)
                case .unblock: #expect(calls == [try Sample.phone(9)])
                case .clearedQueue: #expect(calls == [try Sample.phone(0)])
                case .list: #expect(calls == [try Sample.phone(100)])
                }
                try store.close()
            }
        }

        private func perform(_ next: Next, _ store: CampaignStore) async throws {
            switch next {
            case .run: #expect(try await store.begin(Sample.start()).counts.ready == 0)
            case .retry: #expect(try await store.retry(campaign: Sample.name, where: .state(.failed)).putBack == 0)
            case .resolve: _ = try await store.settle(campaign: Sample.name, .all, as: .notCalled)
            case .cancel: #expect(try await store.cancel(campaign: Sample.name) == 8)
            case .unblock: #expect(try await store.unblock([try Sample.phone(9)], putsBack: true).putBack == 1)
            case .clearedQueue:
                let call = ClearedCall(attempt: AttemptID(contact: 1, number: 1), zaapId: "Z1.1")
                #expect(try await store.putBack([call]).ready == [call])
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
        func `a cancel beside a run that is killed before its calls are over leaves none of them to be tried again`()
            async throws
        {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 10)
                let start = Sample.start { $0.inDoubt = .retry }
                let store = try database.open(Between())
                _ = try await store.begin(start)
                let calls = try await store.claim(3)
                #expect(try await store.cancel(campaign: Sample.name, isBeingDialled: true) == 7)
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

        @Test func `a cancel beside a run counts those too that come back from it`() async throws {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 10)
                try await database.opened { store in
                    _ = try await store.begin(Sample.start())
                    let calls = try await store.claim(3)
                    #expect(try await store.cancel(campaign: Sample.name, isBeingDialled: true) == 7)
                    try await store.record([Sample.retry(calls[0], after: .zero), Sample.accepted(calls[1])])
                    #expect(try await store.cancel(campaign: Sample.name, isAfterRun: true) == 8)
                }
            }
        }

        // MARK: Expiry

        @Test func `an expired campaign is emptied over several commits, and none of them claims anybody`() async throws
        {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 7)
                let store = try database.open(Between())
                _ = try await store.begin(Sample.start())
                var excluded: [Int] = []
                var rest: QueueRest?
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

        // MARK: Putting back

        @Test func `whoever is blocked between two slices does not go back, by whichever form of the number`()
            async throws
        {
            try await withFailed { database in
                // The last one is known by a number of its own as well, which is put on the list.
                let other = try Sample.phone(1000)
                try database.change("INSERT INTO contact_identity SELECT 1, \(other.identity), 10")
                let between = Between()
                let store = try database.open(between)
                between.does(at: 2) {
                    _ = try await store.block(now: Sample.now, [try Sample.phone(8), other])
                }
                let totals = try await store.retry(campaign: Sample.name, where: .state(.failed))
                #expect(totals.putBack == 8 && totals.refused == [.doNotCall: 2])
                _ = try await store.begin(Sample.start())
                #expect(try await store.claim(20).map(\.phone) == (0..<8).map { try Sample.phone($0) })
                try store.close()
            }
        }

        @Test func `who was put back, called and has failed again is not put back once more by the same command`()
            async throws
        {
            try await withFailed { database in
                let between = Between()
                let store = try database.open(between)
                _ = try await store.begin(Sample.start())
                for slice in 2...4 {
                    between.does(at: slice) {
                        let refused = CallReply(verdict: .refused, httpStatus: 400, error: "no")
                        try await store.record(
                            try await store.claim(9).map { Sample.result($0, refused, .failed(.refused)) })
                    }
                }
                let totals = try await store.retry(campaign: Sample.name, where: .state(.failed))
                #expect(totals.putBack == 10 && between.count == 4)
                #expect(try database.text("SELECT max(attempts) || ' ' || min(attempts) FROM contact") == "2 1")
                let counts = try database.reader().counts(campaign: Sample.name)
                #expect(counts.failed == 9 && counts.ready == 1)
                try store.close()
            }
        }

        @Test func `a retry that is killed has put a part back, and the same once more puts the others back`()
            async throws
        {
            try await withFailed { database in
                let between = Between()
                let store = try database.open(between)
                between.does(at: 3) { throw Killed() }
                await #expect(throws: QueueError.self) {
                    try await store.retry(campaign: Sample.name, where: .state(.failed))
                }
                #expect(try database.reader().counts(campaign: Sample.name).ready == 6)
                #expect(try await store.retry(campaign: Sample.name, where: .state(.failed)).putBack == 4)
                try store.close()
            }
        }

        @Test(arguments: [false, true])
        func `a campaign that is cancelled while it is put back has nobody to call`(_ isResolved: Bool) async throws {
            try await withFailed(isResolved ? "in_doubt" : "failed") { database in
                let between = Between()
                let store = try database.open(between)
                between.does(at: 2) { _ = try await store.cancel(campaign: Sample.name) }
                await #expect(throws: InterruptedWork.cancelledMeanwhile(campaign: Sample.name)) {
                    if isResolved {
                        _ = try await store.settle(campaign: Sample.name, .all, as: .notCalled)
                    } else {
                        _ = try await store.retry(campaign: Sample.name, where: .state(.failed))
                    }
                }
                let counts = try database.reader().counts(campaign: Sample.name)
                #expect(counts.ready == 0 && counts.excluded == 3)
                try store.close()
            }
        }

        @Test func `doubts are settled in slices, and none of somebody blocked meanwhile becomes ready`() async throws {
            try await withFailed("in_doubt") { database in
                let between = Between()
                let store = try database.open(between)
                between.does(at: 2) { _ = try await store.block(now: Sample.now, [try Sample.phone(8)]) }
                let done = try await store.settle(campaign: Sample.name, .all, as: .notCalled)
                #expect(done.settled == (try (0..<10).map(Sample.phone)) && done.excluded == 1)
                #expect(try database.reader().counts(campaign: Sample.name).ready == 9)
                try store.close()
            }
        }

        // MARK: Parts

        /// What stands for the end of the process.
        private struct Killed: Error {}

        private func killedCancel(in database: TemporaryDatabase) async throws {
            let between = Between()
            let store = try database.open(between)
            between.does(at: 2) { throw Killed() }
            await #expect(throws: QueueError.self) { try await store.cancel(campaign: Sample.name) }
            try store.close()
        }

        /// A campaign of ten contacts in a state, after one attempt.
        private func withFailed(
            _ state: String = "failed", _ body: (TemporaryDatabase) async throws -> Void
        ) async throws {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 10)
                try database.change("UPDATE contact_row SET state = '\(state)', reason = 'refused', attempts = 1")
                try database.change("INSERT INTO instance (zapi_id, name) VALUES ('A', 'iA')")
                try database.change(
                    "INSERT INTO attempt (contact_id, number, instance_id, started_at) SELECT id, 1, 1, 0 FROM contact")
                try await body(database)
            }
        }
    }
}

/// What happens before the slices of large work, counted from one; those of what happens there do not count.
private final class Between: Sendable {
    private struct State {
        var count = 0
        var isActing = false
        var acts: [Int: @Sendable () async throws -> Void] = [:]
    }

    private let state = Mutex(State())

    var count: Int { state.withLock(\.count) }

    /// Has something done once, before a slice.
    func does(at slice: Int, _ act: @escaping @Sendable () async throws -> Void) {
        state.withLock { $0.acts[slice] = act }
    }

    func next() async throws {
        let act = state.withLock { state -> (@Sendable () async throws -> Void)? in
            guard !state.isActing else { return nil }
            state.count += 1
            guard let act = state.acts.removeValue(forKey: state.count) else { return nil }
            state.isActing = true
            return act
        }
        guard let act else { return }
        defer { state.withLock { $0.isActing = false } }
        try await act()
    }
}

extension TemporaryDatabase {
    /// Opens the database to work in slices of three rows, with next to no memory.
    fileprivate func open(_ between: Between) throws -> CampaignStore {
        try CampaignStore(
            path: path, holder: WriterLock.Holder(pid: getpid(), host: "here", command: "test", since: Sample.now),
            patience: .seconds(10), Slices(rows: 3, scattered: 1, entriesInMemory: 4, before: between.next))
    }
}

extension CampaignStore {
    fileprivate func block(now: Timestamp, _ numbers: [PhoneNumber]) async throws -> BlockTotals {
        try await block(now: now) { writer in
            for number in numbers { try writer.add(number, reason: "") }
        }
    }
}
