import CampaignCore
import Testing

@testable import CampaignStore

extension StoreTests {
    /// People whose own number is being called for somebody else when they are imported: it rings once, and nobody is lost.
    @Suite struct StandingBackTests {
        /// A contact of the numbers 0 and 1 that is about to be called on 1, since 0 has no WhatsApp, as a webhook said.
        private func withSecondNumber(
            _ manner: ImportManner = .alone, _ body: (TemporaryDatabase, CampaignStore) async throws -> Void
        ) async throws {
            try await TemporaryDatabase.with(manner) { database in
                try await database.fill(rows: [[0, 1]])
                try await database.opened { store in
                    _ = try await store.begin(Sample.start { $0.fallsBack = true })
                    try await store.callNext(.accepted)
                    try await store.receive(
                        CallEvent(.deliveryFailed(.noWhatsApp), ids: Sample.ids, error: "e"), key: "none")
                    #expect(try database.dialed() == ["1 ready"])
                    try await body(database, store)
                    #expect(try database.reader().examine() == [])
                }
            }
        }

        private func numbers(_ database: TemporaryDatabase) throws -> [String] {
            try database.lines(
                "SELECT contact_id, phone - 5511990000000 FROM contact_phone ORDER BY contact_id, place")
        }

        @Test(arguments: ImportManner.allCases)
        func `they are called after all when the other contact has its first number again`(_ manner: ImportManner)
            async throws
        {
            try await withSecondNumber(manner) { database, store in
                let rules = database.importRules()
                let first = try #require(try await store.add(rows: [[1], [1, 5], [6]], rules).first)
                #expect(first.accepted == 2 && first.standingBack == 1 && first.repeated == 1)
                #expect(try database.dialed() == ["1 ready", "1 excluded same_whatsapp", "6 ready"])
                // What stands in their row is not the other's.
                #expect(try numbers(database) == ["1 0", "1 1", "2 1", "2 5"])
                let second = try #require(try await store.add(rows: [[1, 7]], rules).first)
                #expect(second.accepted == 0 && second.alreadyInCampaign == 1)
                #expect(try numbers(database) == ["1 0", "1 1", "2 1", "2 5", "2 7"])
                #expect(try database.reader().examine() == [])

                try await store.receive(CallEvent(.delivered, ids: Sample.ids))
                #expect(try database.dialed() == ["0 accepted", "1 ready", "6 ready"])
                #expect(
                    try database.lines(
                        "SELECT contact_id, identity - 5511990000000 FROM contact_identity ORDER BY identity")
                        == ["1 0", "2 1", "4 6"])
                #expect(try await store.claim(9).map(\.phone) == [1, 6].map(Sample.phone))
            }
        }

        @Test func `a row with other numbers of nobody is somebody else, and one with those of the contact is not`()
            async throws
        {
            try await withSecondNumber { database, store in
                let totals = try #require(try await store.add(rows: [[1, 0]], ImportRules(now: Sample.now)).first)
                #expect(totals.accepted == 0 && totals.alreadyInCampaign == 1)
                let other = try #require(try await store.add(rows: [[1, 9]], ImportRules(now: Sample.now)).first)
                #expect(other.accepted == 1 && other.standingBack == 1)
                #expect(try numbers(database) == ["1 0", "1 1", "2 1", "2 9"])
            }
        }

        @Test func `they are not called once their number has been dialed for the other contact`() async throws {
            try await withSecondNumber { database, store in
                try await store.add(rows: [[1]])
                #expect(try await store.callNext(.accepted)?.phone == Sample.phone(1))
                try await store.receive(CallEvent(.delivered, ids: ["Z1.1"]))
                #expect(try database.dialed() == ["1 accepted", "1 excluded same_whatsapp"])
                let totals = try await store.retry(campaign: Sample.name, where: .state(.excluded))
                #expect(totals.requeued == 0 && totals.refused == [.sameWhatsApp: 1])
                #expect(try await store.claim(9, at: Sample.later(99_999)).isEmpty)
            }
        }

        @Test(arguments: [CallEnd.throttledTooOften, .notSent])
        func `they are called if Z-API has only turned the other contact's call away`(_ end: CallEnd) async throws {
            try await withSecondNumber { database, store in
                try await store.add(rows: [[1]])
                try await store.callNext(end)
                try await store.receive(CallEvent(.delivered, ids: Sample.ids))
                #expect(try database.dialed() == ["0 accepted", "1 ready"])
                #expect(try await store.callNext(.accepted)?.phone == Sample.phone(1))
            }
        }

        @Test func `they are not called if their number is on the do-not-call list by then`() async throws {
            try await withSecondNumber { database, store in
                try await store.add(rows: [[1]])
                _ = try await store.block(now: Sample.now) { try $0.add(Sample.phone(1), reason: "") }
                try await store.receive(CallEvent(.delivered, ids: Sample.ids))
                #expect(try database.dialed() == ["0 excluded do_not_call", "1 excluded do_not_call"])
            }
        }
    }
}
