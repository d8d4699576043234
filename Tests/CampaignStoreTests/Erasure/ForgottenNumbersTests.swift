import CampaignCore
import Testing

@testable import CampaignStore

extension StoreTests {
    @Suite struct ForgottenNumbersTests {
        @Test func `the hash is SipHash-2-4`() throws {
            // The reference vectors of its authors, for the key 00 01 … 0f and the text 00 01 … 07.
            let hash = try #require(KeyedHash(key: Array(0..<16)))
            #expect(hash.value(of: 0x0706_0504_0302_0100) == 0x93f5_f579_9a93_2462)
            #expect(KeyedHash(key: []) == nil)
        }

        @Test func `a hash is no number that anybody can dial or write, and survives being sent`() throws {
            let hash = try #require(PhoneNumber(value: PhoneNumber.forgotten.lowerBound + 5))
            #expect(hash.isForgotten && !hash.isLid && hash.identity == hash.value)
            #expect(hash.text == "forgotten" && hash.spelled == "forgotten" && hash.masked == "forgotten")
            #expect(hash.kind == .unknown)
            #expect(PhoneNumber(text: "\(hash.value)") == nil && PhoneNumber(text: "forgotten") == nil)
        }

        @Test func `two databases have different keys, a database and its copy the same`() async throws {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 1)
                let other = try database.elsewhere()
                try await other.fill(contacts: 1)
                let copy = try database.elsewhere("copy")
                try database.reader().backUp(to: copy.path)
                let keys = try [database, other, copy].map { try $0.text("SELECT hex(key) FROM erasure") }
                #expect(keys[0] != keys[1] && keys[0] == keys[2])
                let hash = try #require(KeyedHash(key: Array(0..<16)))
                #expect(hash.value(of: 1) != hash.value(of: 2))
            }
        }

        @Test func `a restored copy calls nobody who was called and forgotten since`() async throws {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 3)
                let older = database.folder + "/older.db"
                try database.reader().backUp(to: older)
                try await database.opened { store in
                    _ = try await store.begin(Sample.start())
                    try await store.record(try await store.claim(1).map { Sample.accepted($0) })
                    try await store.leave(RunDeparture(campaign: 0, staysActive: false))
                    _ = try await store.forget(Sample.phone(0), blocks: false, now: Sample.now)
                    _ = try await store.forget(Sample.phone(1), blocks: true, now: Sample.now)
                }
                let done = try CampaignStore.restore(
                    older, to: database.path, forgetsLater: true, now: Sample.now,
                    holder: WriterLock.Holder(pid: 1, host: "here", command: "restore", since: Sample.now))
                #expect(done.carried.isComplete)
                #expect(
                    try database.contacts() == ["excluded do_not_call", "excluded do_not_call", "ready"])
                #expect(try database.reader().examine() == [])
            }
        }
    }
}
