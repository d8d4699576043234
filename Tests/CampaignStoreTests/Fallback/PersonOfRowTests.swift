import CampaignCore
import Testing

@testable import CampaignStore

extension StoreTests {
    /// Who a contact with several numbers is: the person of all the numbers that it has been dialed by.
    @Suite struct PersonOfRowTests {
        private static let start = Sample.start { $0.fallsBack = true }

        /// The numbers 0 and 1 are one person's by an `@lid`.
        private static func teach(_ store: CampaignStore) async throws {
            let lid = try #require(PhoneNumber(text: "77@lid"))
            for index in [0, 1] {
                try await store.receive(
                    CallEvent(.delivered, phone: Sample.phone(index), lid: lid, ids: ["T\(index)"]), key: "\(index)")
            }
        }

        private static func findAbsent(_ contact: Int64, _ store: CampaignStore) async throws -> Int {
            try await store.noteWhatsApp(
                campaign: Sample.name, answers: [(contact: contact, answer: .absent)], fallsBack: true,
                now: Sample.now
            ).movedOn
        }

        @Test func `whoever is another contact by the number before is not called on the next one`() async throws {
            try await TemporaryDatabase.with { database in
                try await database.fill(rows: [[1], [0, 2]])
                try await database.opened { store in
                    _ = try await store.begin(Self.start)
                    try await Self.teach(store)
                    #expect(try await Self.findAbsent(2, store) == 0)
                    #expect(try database.dialed() == ["1 ready", "0 excluded no_whatsapp"])
                    #expect(try database.reader().examine() == [])
                }
            }
        }

        @Test(arguments: [true, false])
        func `of two contacts that turn out to be one person by a number that was left behind, one is called`(
            _ isFirst: Bool
        ) async throws {
            try await TemporaryDatabase.with { database in
                try await database.fill(rows: isFirst ? [[0, 2], [1]] : [[1], [0, 2]])
                try await database.opened { store in
                    _ = try await store.begin(Self.start)
                    #expect(try await Self.findAbsent(isFirst ? 1 : 2, store) == 1)
                    try await Self.teach(store)
                    let calls = try await store.claim(2)
                    #expect(try calls.map(\.phone) == [Sample.phone(isFirst ? 2 : 1)])
                    try await store.record(calls.map { Sample.accepted($0) })
                    #expect(try await store.claim(2, at: Sample.later(99_999)).isEmpty)
                    #expect(
                        try database.dialed()
                            == (isFirst
                                ? ["2 accepted", "1 excluded same_person"] : ["1 accepted", "2 excluded same_person"]))
                    #expect(try database.reader().examine() == [])
                }
            }
        }

        @Test func `people who share a further phone remain two`() async throws {
            try await TemporaryDatabase.with { database in
                try await database.fill(rows: [[2, 0], [3, 0], [1]])
                try await database.opened { store in
                    _ = try await store.begin(Self.start)
                    try await Self.teach(store)
                    #expect(try await store.claim(3).map(\.phone) == [2, 3, 1].map(Sample.phone))
                }
            }
        }
    }
}
