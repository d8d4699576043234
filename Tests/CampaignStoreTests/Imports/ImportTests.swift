import CampaignCore
import CampaignStore
import Foundation
import GRDB
import Testing

extension StoreTests {
    @Suite struct ImportTests {
        @Test(arguments: ImportManner.allCases)
        func `rows in are contacts, duplicates, rejects and blank ones, list by list`(_ manner: ImportManner)
            async throws
        {
            try await TemporaryDatabase.with(manner) { database in
                let totals = try await take(
                    [
                        ["+5511999990001", "(11) 99999-0002", "11999990001", "abc", "551199990002", ""],
                        ["11999990003", "11 9 9999-0002", "123"],
                    ], into: database)
                #expect(totals.map(\.rows) == [6, 3])
                #expect(totals.map(\.accepted) == [2, 1])
                #expect(totals.map(\.duplicates) == [2, 1])
                #expect(totals.map(\.reasons) == [["phone_letters": 1], ["phone_too_short": 1]])
                #expect(totals.map(\.blank) == [1, 0])
                let stored = try database.rows(
                    "SELECT accepted, duplicates, rejected, blank FROM import ORDER BY id")
                #expect(stored == [[2, 2, 1, 1], [1, 1, 1, 0]].map { $0.map(\.databaseValue) })
                #expect(try database.reader().counts(campaign: Sample.name).total == 3)
            }
        }

        @Test(arguments: ImportManner.allCases)
        func `a list imported twice adds nobody`(_ manner: ImportManner) async throws {
            try await TemporaryDatabase.with(manner) { database in
                let list = ["11999990001", "21988880002"]
                _ = try await take([list], into: database)
                let again = try await take([list], into: database)
                #expect(again.map(\.duplicates) == [2])
                #expect(try database.reader().counts(campaign: Sample.name).ready == 2)
            }
        }

        @Test(arguments: ImportManner.allCases)
        func `a number can be in two campaigns`(_ manner: ImportManner) async throws {
            try await TemporaryDatabase.with(manner) { database in
                try await database.fill(contacts: 2)
                try await database.fill(contacts: 2, campaign: "outra")
                #expect(try database.reader().counts(campaign: "outra").ready == 2)
                #expect(try database.reader().campaigns().map(\.name) == [Sample.name, "outra"])
            }
        }

        @Test(arguments: ImportManner.allCases)
        func `a number keeps its form, and one with and one without the ninth digit are the same`(
            _ manner: ImportManner
        ) async throws {
            try await TemporaryDatabase.with(manner) { database in
                try await database.opened { store in
                    let totals = try await store.importLists(
                        campaign: Sample.name, file: "c.yml", database.importRules()
                    ) { writer in
                        try writer.beginList(file: "a.csv", columns: ["telefone"])
                        for value in [551_199_990_002, 5_511_999_990_002] as [Int64] {
                            let phone = try #require(PhoneNumber(value: value))
                            try writer.add(.contact(ListContact(phone: phone, callDuration: nil, own: [])))
                        }
                    }
                    #expect(totals.map(\.accepted) == [1] && totals.map(\.duplicates) == [1])
                }
                let stored = try database.rows("SELECT phone, identity FROM contact")
                #expect(stored == [[551_199_990_002, 5_511_999_990_002].map(\.databaseValue)])
            }
        }

        @Test(arguments: ImportManner.allCases)
        func `an import that fails halfway leaves nothing, not even the campaign`(_ manner: ImportManner)
            async throws
        {
            struct Broken: Error {}
            try await TemporaryDatabase.with(manner) { database in
                try await database.opened { store in
                    await #expect(throws: Broken.self) {
                        try await store.importLists(campaign: "nova", file: "n.yml", database.importRules()) { writer in
                            try writer.beginList(file: "a.csv", columns: ["telefone"])
                            for index in 0..<500 {
                                let phone = try Sample.phone(index)
                                try writer.add(.contact(ListContact(phone: phone, callDuration: nil, own: [])))
                            }
                            throw Broken()
                        }
                    }
                }
                for table in ["campaign", "import", "contact", "reject"] {
                    #expect(try database.text("SELECT count(*) FROM \(table)") == "0", "\(table)")
                }
            }
        }

        @Test(arguments: ImportManner.allCases)
        func `a rejected row is kept byte for byte with its reason and remedy`(_ manner: ImportManner) async throws {
            try await TemporaryDatabase.with(manner) { database in
                let raw: [UInt8] = [0x4A, 0xE9, 0x00, 0x3B, 0x22, 0x0D, 0x0A, 0x22, 0xFF]
                let reject = ListReject(
                    line: 7, raw: raw, own: ["Jé\u{0}", "\r\n"], reason: "phone_letters", suggestion: "Fix it.")
                try await database.opened { store in
                    _ = try await store.importLists(campaign: Sample.name, file: "c.yml", database.importRules()) {
                        writer in
                        try writer.beginList(file: "a.csv", columns: ["nome", "telefone"])
                        try writer.add(.reject(reject))
                    }
                }
                var rows: [RejectRow] = []
                try database.reader().forEachReject(campaign: Sample.name) { rows.append($0) }
                #expect(
                    rows == [
                        RejectRow(
                            file: "a.csv", line: 7, raw: raw, own: ["Jé\u{0}", "\r\n"], reason: "phone_letters",
                            suggestion: "Fix it.")
                    ])
                #expect(try database.reader().summary(campaign: Sample.name).rejectedRows == 1)
            }
        }

        @Test(arguments: ImportManner.allCases)
        func `a contact's ring duration comes with the claim`(_ manner: ImportManner) async throws {
            try await TemporaryDatabase.with(manner) { database in
                try await database.opened { store in
                    _ = try await store.importLists(campaign: Sample.name, file: "c.yml", database.importRules()) {
                        writer in
                        try writer.beginList(file: "a.csv", columns: ["telefone", "duracao"])
                        for (index, seconds) in [(0, 15), (1, nil)] as [(Int, Int?)] {
                            let phone = try Sample.phone(index)
                            try writer.add(.contact(ListContact(phone: phone, callDuration: seconds, own: [])))
                        }
                    }
                    _ = try await store.begin(Sample.start())
                    #expect(try await store.claim(2).map(\.callDuration) == [15, nil])
                }
            }
        }

        /// Imports lists of cells, each cell a row.
        private func take(_ lists: [[String]], into database: TemporaryDatabase) async throws -> [ImportTotals] {
            try await database.opened { store in
                try await store.importLists(campaign: Sample.name, file: "c.yml", database.importRules()) { writer in
                    for (number, cells) in lists.enumerated() {
                        let text = (["nome;telefone"] + cells.map { ";\($0)" }).joined(separator: "\n")
                        var list = ListReader(
                            file: "\(number).csv", options: ListReader.Options(), sample: Array(text.utf8))
                        list.finish()
                        try writer.beginList(file: "\(number).csv", columns: ["nome", "telefone"])
                        while let row = try list.next() { try writer.add(row) }
                    }
                }
            }
        }
    }
}
