import CampaignCore
import Testing

@testable import CampaignStore

extension StoreTests {
    /// A row whose number the campaign has already adds its further numbers to that contact.
    @Suite struct FurtherNumbersTests {
        private static let start = Sample.start { $0.fallsBack = true }

        /// Has 1 blocked, or held.
        private static func stop(_ store: CampaignStore, _ list: StopList) async throws {
            switch list {
            case .block: _ = try await store.block(now: Sample.now) { try $0.add(Sample.phone(1), reason: "") }
            case .hold:
                try await store.receive(CallEvent(Sample.text("me deixa em paz"), phone: try Sample.phone(1)))
            }
        }

        @Test(arguments: ImportManner.allCases)
        func `a row that comes again adds the numbers that are new, at the end, and each once`(_ manner: ImportManner)
            async throws
        {
            try await TemporaryDatabase.with(manner) { database in
                try await database.fill(rows: [[0], [5, 6]])
                #expect(try database.numbers() == ["2 0 5", "2 1 6"])
                for _ in 0..<2 {
                    // In the same list, too: the first row of a number has it.
                    try await database.fill(rows: [[0, 1, 0], [5, 7, 6, 8], [9], [9, 1], [9, 1, 4]])
                    #expect(
                        try database.numbers() == [
                            "1 0 0", "1 1 1", "2 0 5", "2 1 6", "2 2 7", "2 3 8", "3 0 9", "3 1 1", "3 2 4",
                        ])
                }
                #expect(try database.dialed() == ["0 ready", "5 ready", "9 ready"])
                #expect(try database.reader().examine() == [])
            }
        }

        @Test(arguments: [StopList.block, .hold], [true, false])
        func `whoever must not be called by a number that comes later is not called`(
            _ list: StopList, _ isLater: Bool
        ) async throws {
            try await TemporaryDatabase.with { database in
                try await database.fill(rows: [[0]])
                if !isLater { try await database.opened { try await Self.stop($0, list) } }
                let totals = try await database.fill(rows: [[0, 1], [2], [2, 1], [3]])
                if isLater { try await database.opened { try await Self.stop($0, list) } }
                if list == .block && !isLater { #expect(totals.map(\.blocked) == [1]) }
                try await database.opened { store in
                    _ = try await store.begin(Self.start)
                    #expect(try await store.claim(9).map(\.phone) == [Sample.phone(3)])
                }
                let reason = list.reason.rawValue
                #expect(try database.dialed() == ["0 excluded \(reason)", "2 excluded \(reason)", "3 dialing"])
            }
        }

        @Test func `a contact that waits is excluded as soon as a blocked number comes with its row`() async throws {
            try await TemporaryDatabase.with { database in
                try await database.fill(rows: [[0]])
                try await database.opened { try await Self.stop($0, .block) }
                let totals = try await database.fill(rows: [[0, 1]])
                // It is not one of this list's.
                #expect(totals.map(\.blocked) == [0] && totals.map(\.alreadyInCampaign) == [1])
                #expect(try database.dialed() == ["0 excluded do_not_call"])
            }
        }

        @Test func `numbers that came later are called when those before are no use`() async throws {
            try await TemporaryDatabase.with { database in
                try await database.fill(rows: [[0]])
                try await database.opened { store in
                    _ = try await store.begin(Self.start)
                    try await store.callNext(.notSent)
                }
                try await database.fill(rows: [[0, 1]])
                try await database.opened { store in
                    _ = try await store.begin(Self.start)
                    #expect(try await store.callNext(.refused(.number), at: 5)?.phone == Sample.phone(0))
                    #expect(try await store.callNext(.accepted, at: 10)?.phone == Sample.phone(1))
                    #expect(try database.attempts() == [0, 0, 1].map(Sample.phone))
                    #expect(try database.reader().examine() == [])
                }
            }
        }

        @Test(arguments: ImportManner.allCases)
        func `a row one of whose numbers another campaign has just called is left out`(_ manner: ImportManner)
            async throws
        {
            try await TemporaryDatabase.with(manner) { database in
                try await database.fill(rows: [[1]], campaign: "outra")
                try await database.fill(rows: [[0]])
                try await database.opened { store in
                    _ = try await store.begin(Sample.start("outra"))
                    try await store.callNext(.accepted)
                }
                var rules = database.importRules()
                rules.skipsCalledSince = Sample.now
                // 0 is there already; of 4 the number comes with a second row.
                let rows = [[2, 1], [3, 5], [0, 1, 7], [4], [4, 1, 8]]
                let totals = try await database.opened { [rules] in try await $0.add(rows: rows, rules) }
                #expect(totals.map(\.accepted) == [2] && totals.map(\.calledRecently) == [1])
                #expect(try database.dialed() == ["1 accepted", "0 ready", "3 ready", "4 ready"])
                let own = try database.lines(
                    """
                    SELECT first.phone - 5511990000000, number.phone - 5511990000000, number.ended
                    FROM contact_phone AS number JOIN contact_phone AS first
                        ON first.contact_id = number.contact_id AND first.place = 0
                    WHERE number.place > 0 ORDER BY number.contact_id, number.place
                    """)
                #expect(own == ["0 1 called_recently", "0 7", "3 5", "4 1 called_recently", "4 8"])
                // Nobody who has just been called is, when the numbers before are no use.
                try await database.opened { store in
                    _ = try await store.begin(Self.start)
                    try await store.record(try await store.claim(3).map { CallEnd.refused(.number).result(of: $0) })
                }
                #expect(try database.dialed() == ["1 accepted", "7 ready", "5 ready", "8 ready"])
                #expect(try database.reader().examine() == [])
            }
        }
    }
}
