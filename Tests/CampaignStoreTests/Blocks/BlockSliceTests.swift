import CampaignCore
import Foundation
import Synchronization
import Testing

@testable import CampaignStore

extension StoreTests {
    /// Many numbers are blocked in slices of three here; each test decides what happens in between.
    @Suite struct BlockSliceTests {

        @Test func `numbers are entered in slices, between which others write, and a failure tells how far it came`()
            async throws
        {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 12)
                let hooks = SliceHooks()
                let store = try database.open(hooks)
                hooks.does(at: 2) { _ = try await store.block(now: Sample.now, try [Sample.phone(11)]) }
                hooks.does(at: 3) { throw Killed() }
                await #expect(
                    throws: InterruptedOperation.blocking(
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
                let store = try database.open(SliceHooks())
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

        @Test func `a contact that is known by another number is excluded along with it, whatever follows`()
            async throws
        {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 12)
                let other = try Sample.phone(0 - 5)
                try database.change("INSERT INTO contact_identity SELECT 1, \(other.identity), 10")
                let hooks = SliceHooks()
                let store = try database.open(hooks)
                hooks.does(at: 2) { throw Killed() }
                await #expect(throws: InterruptedOperation.self) {
                    try await store.block(now: Sample.now, try (0..<6).map(Sample.phone) + [other])
                }
                _ = try await store.begin(Sample.start())
                let expected = try [2, 3, 4, 5, 6, 7, 8, 10, 11].map { try Sample.phone($0) }
                #expect(try await store.claim(20).map(\.phone) == expected)
                try store.close()
            }
        }

        @Test func `a contact unblocked before it was excluded continues to wait`() async throws {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 6)
                let hooks = SliceHooks()
                let store = try database.open(hooks)
                hooks.does(at: 3) { _ = try await store.unblock([try Sample.phone(2)], requeues: false) }
                let totals = try await store.block(now: Sample.now, try (0..<6).map(Sample.phone))
                #expect(totals.added == 6 && totals.excluded == 5)
                #expect(try database.reader().counts(campaign: Sample.name).ready == 1)
                try store.close()
            }
        }

        @Test func `the first row that names a number gives its form and its reason, however many come`() async throws {
            try await TemporaryDatabase.with { database in
                let store = try database.open(SliceHooks())
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
    }
}
