import CampaignCore
import GRDB
import Testing

@testable import CampaignStore

extension StoreTests {
    /// Identities are inserted in batches; where a batch ends must never matter.
    @Suite struct ImportBatchTests {
        @Test func `prepared rows say how much memory they take, those that are rejected too`() throws {
            var rows = PreparedRows()
            #expect(rows.bytes == 0)
            rows.append(.contact(ListContact(phone: try Sample.phone(1), callDuration: nil, own: ["a"])))
            let contact = rows.bytes
            #expect((5...1000).contains(contact))
            for _ in 0..<3 {
                rows.append(
                    .reject(
                        ListReject(
                            line: 1, raw: Array(repeating: 0x3B, count: 16_384),
                            own: Array(repeating: "", count: 100), reason: "too_many_cells", suggestion: "")))
            }
            #expect(rows.bytes >= contact + 3 * (16_384 + 100 * 16))
        }

        @Test(arguments: 1...12, ImportManner.allCases)
        func `whatever the batches, the first row of a number counts, others are duplicates, and blocked ones excluded`(
            _ seed: UInt64, _ manner: ImportManner
        ) async throws {
            try await TemporaryDatabase.with(manner) { database in
                var random = SplitMix64(seed: seed)
                var known: Set<Int64> = []
                let blocked = Set(numbers(40, &random) + [5_511_990_000_999])
                try await database.opened { store in
                    _ = try await store.block(now: Sample.now) { writer in
                        for number in blocked { try writer.add(try #require(PhoneNumber(value: number)), reason: "") }
                    }
                }
                for round in 0..<3 {
                    let lists = (0..<3).map { _ in numbers(Int.random(in: 0...90, using: &random), &random) }
                    let totals = try await take(
                        lists, into: database, at: Sample.later(round), batch: [1, 7, 33, 64, 500][Int(seed) % 5])
                    check(totals, of: lists, blocked: blocked, known: &known)
                }
                let stored = try database.rows("SELECT identity FROM contact ORDER BY identity")
                #expect(stored.map { Int64.fromDatabaseValue($0[0]) } == known.sorted())
                let entered = try database.text(
                    """
                    SELECT count(*) FROM contact JOIN contact_identity AS known
                    ON known.contact_id = contact.id AND known.identity = contact.identity
                    """)
                #expect(entered == "\(known.count)")
                #expect(try database.text("SELECT count(*) FROM contact_identity") == "\(known.count)")
                try expectDuplicatesAccountedFor(database)
                #expect(
                    try database.reader().counts(campaign: Sample.name).excluded == known.intersection(blocked).count)
            }
        }

        @Test(arguments: ImportManner.allCases)
        func `contacts are in the order of their lists`(_ manner: ImportManner) async throws {
            try await TemporaryDatabase.with(manner) { database in
                let list: [Int64] = (0..<100).map { 5_511_990_000_000 + ($0 * 37) % 100 }
                _ = try await take([list], into: database, at: Sample.now, batch: 10)
                #expect(
                    try database.rows("SELECT phone, line FROM contact ORDER BY id")
                        == list.enumerated().map { [$0.element.databaseValue, ($0.offset + 2).databaseValue] })
            }
        }

        @Test(arguments: ImportManner.allCases)
        func `numbers that another campaign called recently are left out if requested`(_ manner: ImportManner)
            async throws
        {
            try await TemporaryDatabase.with(manner) { database in
                try await database.fill(contacts: 5, campaign: "outra")
                try await database.opened { store in
                    _ = try await store.begin(Sample.start("outra"))
                    let calls = try await store.claim(4)
                    let refused = Sample.result(
                        calls[1], CallReply(verdict: .refused, httpStatus: 400, error: "no"), .failed(.refused))
                    _ = try await store.commit(Sample.batch(results: [Sample.accepted(calls[0]), refused]))
                }
                let list = try (0..<6).map { try Sample.phone($0).value }
                let later = Sample.later(86_400)
                let none = try await take([list], into: database, at: later, since: Sample.later(1), campaign: "nova")
                #expect(none.map(\.calledRecently) == [0])
                // Number 1 was refused, 4 and 5 were not dialed; of 2 and 3 nobody knows.
                let totals = try await take([list], into: database, at: later, since: Sample.now, campaign: "terceira")
                #expect(totals.map(\.calledRecently) == [3])
                #expect(totals.map(\.accepted) == [3])
                #expect(totals.map(\.rows) == [6])
            }
        }

        /// As many rows as the imports have counted, each with the contact that really has its number.
        private func expectDuplicatesAccountedFor(_ database: TemporaryDatabase) throws {
            let wrong = try database.text(
                """
                SELECT count(*) FROM duplicate JOIN import AS own ON own.id = duplicate.import_id
                LEFT JOIN contact ON contact.id = duplicate.contact_id
                LEFT JOIN import AS first ON first.id = contact.import_id
                WHERE contact.phone IS NOT duplicate.phone
                    OR (duplicate.reason = 'repeated') IS NOT (first.imported_at = own.imported_at)
                """)
            #expect(wrong == "0")
            var rows = 0
            try database.reader().forEachDuplicate(campaign: Sample.name) { row in
                rows += 1
                #expect(row.firstFile != nil && row.firstLine != nil)
            }
            #expect(try database.text("SELECT sum(duplicates) FROM import") == "\(rows)")
        }

        private func numbers(_ count: Int, _ random: inout SplitMix64) -> [Int64] {
            (0..<count).map { _ in 5_511_990_000_000 + Int64.random(in: 0..<120, using: &random) }
        }

        private func check(
            _ totals: [ImportTotals], of lists: [[Int64]], blocked: Set<Int64>, known: inout Set<Int64>
        ) {
            let before = known
            for (totals, list) in zip(totals, lists) {
                var expected = ImportTotals(file: totals.file)
                for number in list {
                    if known.insert(number).inserted {
                        expected.accepted += 1
                        if blocked.contains(number) { expected.blocked += 1 }
                    } else if before.contains(number) {
                        expected.alreadyInCampaign += 1
                    } else {
                        expected.repeated += 1
                    }
                }
                #expect(totals == expected)
            }
        }

        private func take(
            _ lists: [[Int64]], into database: TemporaryDatabase, at now: Timestamp, batch: Int = 500,
            since: Timestamp? = nil, campaign: String = Sample.name
        ) async throws -> [ImportTotals] {
            try await database.opened { store in
                var rules = database.importRules(at: now)
                rules.skipsCalledSince = since
                rules.identitiesInMemory = batch
                return try await store.importLists(campaign: campaign, file: "c.yml", rules) { writer in
                    for (place, list) in lists.enumerated() {
                        try writer.beginList(file: "\(place).csv", columns: ["telefone"])
                        for (index, number) in list.enumerated() {
                            let phone = try #require(PhoneNumber(value: number))
                            try writer.add(
                                .contact(
                                    ListContact(line: index + 2, phone: phone, callDuration: nil, own: ["\(number)"])))
                        }
                    }
                }
            }
        }
    }
}
