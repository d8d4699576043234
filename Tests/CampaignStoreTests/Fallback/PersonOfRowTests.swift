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

        /// The number that the first campaign calls; and of the second one's row, whether its first number is no use.
        @Test(arguments: [(0, true), (0, false), (1, true)])
        func `calls to the number that a contact has and to those before count where a campaign limits them per person`(
            _ called: Int, _ movesOn: Bool
        ) async throws {
            try await TemporaryDatabase.with { database in
                let limit = PersonLimit(quota: PersonLimit.Quota(calls: 1, per: .seconds(3600)))
                try await database.fill(rows: [[called]], campaign: "outra")
                try await database.fill(rows: [[0, 1], [2, 3]])
                try await database.opened { store in
                    _ = try await store.begin(Sample.start("outra"))
                    try await store.callNext(.accepted)
                    try await store.leave()
                    _ = try await store.begin(
                        Sample.start {
                            $0.fallsBack = true
                            $0.perPerson = limit
                        })
                    if movesOn {
                        let totals = try await store.noteWhatsApp(
                            campaign: Sample.name, answers: [(contact: 2, answer: .absent)], fallsBack: true,
                            now: Sample.now)
                        #expect(totals.movedOn == 1)
                    }
                    #expect(try await store.claim(2).map(\.phone) == [Sample.phone(2)])
                    let reader = try store.reader()
                    let waiting = try reader.personLimitCounts(campaign: Sample.name, limit, at: Sample.now)
                    #expect(waiting.waiting == 1 && waiting.waitsUntil == Sample.later(3600))
                    #expect(
                        try reader.ruling(
                            of: Sample.phone(movesOn ? 1 : 0), campaign: Sample.name, limit, at: Sample.now)
                            == .waits(until: Sample.later(3600)))
                    #expect(
                        try await store.claim(2, at: Sample.later(3600)).map(\.phone)
                            == [Sample.phone(movesOn ? 1 : 0)])
                }
            }
        }

        @Test func `a call counts once where the contact is known by several numbers of its row`() async throws {
            try await TemporaryDatabase.with { database in
                try await database.fill(rows: [[0, 1]])
                try await database.fill(rows: [[0, 1]], campaign: "outra")
                try await database.opened { store in
                    _ = try await store.begin(Self.start)
                    try await store.callNext(.refused(.number))
                    #expect(try await store.callNext(.accepted)?.phone == Sample.phone(1))
                    try await store.leave()
                    let limit = PersonLimit(quota: PersonLimit.Quota(calls: 2, per: .seconds(3600)))
                    _ = try await store.begin(Sample.start("outra") { $0.perPerson = limit })
                    #expect(try await store.claim(1).count == 1)
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
