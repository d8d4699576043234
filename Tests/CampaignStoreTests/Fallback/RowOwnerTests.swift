import CampaignCore
import Testing

@testable import CampaignStore

extension StoreTests {
    /// Whose a row is that names numbers of the campaign in another order.
    @Suite struct RowOwnerTests {
        /// Imports a version of a file.
        private func take(
            _ rows: [[Int]], replacing: Bool = false, into database: TemporaryDatabase
        ) async throws -> ImportTotals {
            let rules = database.importRules()
            let totals = try await database.opened { store in
                try await store.importLists(campaign: Sample.name, file: "c.yml", rules) { writer in
                    writer.replaces = replacing
                    try writer.beginList(
                        file: "a.csv", columns: ["telefone"], origin: ListOrigin(path: "/a.csv", modified: 1))
                    for row in rows {
                        let phones = try row.map(Sample.phone)
                        var contact = ListContact(phone: phones[0], callDuration: nil, own: [""])
                        contact.further = Array(phones.dropFirst())
                        try writer.add(.contact(contact))
                    }
                    try writer.endList(
                        ListFingerprint(sha256: Array("\(rows)".utf8), bytes: "\(rows)".utf8.count, reading: ""))
                }
            }
            return try #require(totals.first)
        }

        @Test(arguments: ImportManner.allCases)
        func `a row whose numbers come in another order, or of which some are left out, is the same person`(
            _ manner: ImportManner
        ) async throws {
            try await TemporaryDatabase.with(manner) { database in
                _ = try await take([[0, 1], [2, 3, 4], [5, 6, 7], [8]], into: database)
                try await database.opened { store in
                    _ = try await store.begin(Sample.start { $0.fallsBack = true })
                    try await store.callNext(.accepted)
                }
                let totals = try await take([[1, 0], [4, 2], [7, 6, 7], [8]], replacing: true, into: database)
                #expect(totals.accepted == 0 && totals.alreadyInCampaign == 4)
                #expect(totals.notListed.total == 0)
                #expect(try database.dialed() == ["0 accepted", "2 ready", "5 ready", "8 ready"])
                #expect(try database.lines("SELECT contact_id FROM duplicate ORDER BY id") == ["1", "2", "3", "4"])
                let numbers = ["1 0 0", "1 1 1", "2 0 2", "2 1 3", "2 2 4", "3 0 5", "3 1 6", "3 2 7"]
                #expect(try database.numbers() == numbers)
                try await database.opened { store in
                    _ = try await store.begin(Sample.start { $0.fallsBack = true })
                    #expect(try await store.claim(9).map(\.phone) == [2, 5, 8].map(Sample.phone))
                }
                #expect(try database.reader().examine() == [])
            }
        }

        @Test(arguments: ImportManner.allCases)
        func `a number that people share is a person of its own, unless all of its row is one person's`(
            _ manner: ImportManner
        ) async throws {
            try await TemporaryDatabase.with(manner) { database in
                try await database.fill(rows: [[20, 21]], campaign: "outra")
                try await database.fill(rows: [[0, 9], [1, 9], [2, 7, 8], [3, 7, 8], [4, 6]])
                // Alone; beside a number of nobody; what two rows share; another campaign's row; of two rows.
                let totals = try await take([[9], [6, 30], [7, 8], [21, 20], [8, 9]], into: database)
                #expect(totals.accepted == 5 && totals.duplicates == 0)
                #expect(
                    try database.dialed().dropFirst(6) == ["9 ready", "6 ready", "7 ready", "21 ready", "8 ready"])
                #expect(try database.reader().examine() == [])
            }
        }

        @Test(arguments: ImportManner.allCases)
        func `whoever is called on a number is in the list that has the number alone`(_ manner: ImportManner)
            async throws
        {
            try await TemporaryDatabase.with(manner) { database in
                _ = try await take([[0, 1], [8]], into: database)
                try await database.opened { store in
                    _ = try await store.begin(Sample.start { $0.fallsBack = true })
                    try await store.callNext(.refused(.number))
                }
                let corrected = try await take([[1], [8]], replacing: true, into: database)
                #expect(corrected.standingBack == 1 && corrected.notListed.total == 0)
                #expect(try database.dialed() == ["1 ready", "8 ready", "1 excluded same_whatsapp"])
                let shorter = try await take([[8]], replacing: true, into: database)
                #expect(shorter.notListed.ready == 1)
                #expect(try database.dialed() == ["1 excluded not_listed", "8 ready", "1 excluded same_whatsapp"])
                let again = try await take([[1], [8]], replacing: true, into: database)
                #expect(again.listedAgain == 1)
                #expect(try database.dialed() == ["1 ready", "8 ready", "1 excluded same_whatsapp"])
                #expect(try database.reader().examine() == [])
            }
        }

        @Test func `rows of the same list are people of their own, in whatever order they name their numbers`()
            async throws
        {
            for manner in ImportManner.allCases {
                try await TemporaryDatabase.with(manner) { database in
                    try await database.fill(rows: [[5], [6, 7]])
                    let totals = try await take([[0, 1], [1, 0], [5, 2], [2, 5]], into: database)
                    #expect(totals.accepted == 3 && totals.alreadyInCampaign == 1)
                    // What has come with the list counts for the next one.
                    let again = try await take([[0, 1], [1, 0], [5, 2], [2, 5], [7, 6]], into: database)
                    #expect(again.accepted == 0 && again.alreadyInCampaign == 5)
                    #expect(try database.reader().examine() == [])
                }
            }
        }
    }
}
