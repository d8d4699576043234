import CampaignCore
import Testing

@testable import CampaignStore

extension StoreTests {
    /// An import adds further numbers to contacts that were there before it with its last transaction, or not at all.
    @Suite struct PendingNumbersTests {
        private struct Refused: Error {}

        /// Two contacts that wait, of which 0 is given a blocked number by the rows.
        private static let rows = [[0, 1], [5, 6], [5, 7, 6]] + (10..<20).map { [$0, $0 + 100] }

        private func prepare(_ database: TemporaryDatabase) async throws {
            try await database.fill(rows: [[0], [5]])
            try await database.opened { store in
                _ = try await store.block(now: Sample.now) { try $0.add(Sample.phone(1), reason: "") }
            }
        }

        /// Imports the rows, and then runs `body`.
        private static func add(
            to store: CampaignStore, _ rules: ImportRules, _ body: @escaping @Sendable () throws -> Void
        ) async throws {
            _ = try await store.importLists(campaign: Sample.name, file: "c.yml", rules) { writer in
                try writer.beginList(file: "outra.csv", columns: ["telefone"])
                for row in rows {
                    let phones = try row.map(Sample.phone)
                    var contact = ListContact(phone: phones[0], callDuration: nil, own: [""])
                    contact.further = Array(phones.dropFirst())
                    try writer.add(.contact(contact))
                }
                try body()
            }
        }

        private func expectNothing(in database: TemporaryDatabase) throws {
            #expect(try database.dialed() == ["0 ready", "5 ready"])
            #expect(try database.numbers() == [])
            #expect(try database.text("SELECT count(*) FROM pending_phone") == "0")
            #expect(try database.reader().examine() == [])
        }

        private func expectEverything(in database: TemporaryDatabase) throws {
            #expect(try database.dialed().prefix(3) == ["0 excluded do_not_call", "5 ready", "10 ready"])
            #expect(try database.numbers().prefix(5) == ["1 0 0", "1 1 1", "2 0 5", "2 1 6", "2 2 7"])
            #expect(try database.text("SELECT count(*) FROM pending_phone") == "0")
            #expect(try database.reader().examine() == [])
        }

        @Test(arguments: ImportManner.allCases)
        func `an import that is refused after its rows has changed nobody`(_ manner: ImportManner) async throws {
            try await TemporaryDatabase.with(manner) { database in
                try await prepare(database)
                try await database.opened { store in
                    await #expect(throws: Refused.self) {
                        try await Self.add(to: store, database.importRules()) { throw Refused() }
                    }
                }
                try expectNothing(in: database)
                try await database.opened { try await Self.add(to: $0, database.importRules()) {} }
                try expectEverything(in: database)
                // Nothing of it is new the second time.
                try await database.opened { try await Self.add(to: $0, database.importRules()) {} }
                try expectEverything(in: database)
            }
        }

        @Test func `nobody sees the numbers of an import before its end, nor those of one that was killed`()
            async throws
        {
            try await TemporaryDatabase.with(.besideRun) { database in
                try await prepare(database)
                let (copies, report) = AsyncStream.makeStream(of: TemporaryDatabase.self)
                try await database.opened { store in
                    try await Self.add(to: store, database.importRules()) {
                        report.yield(try database.copyAfterCrash())
                        report.finish()
                    }
                }
                try expectEverything(in: database)
                for await copy in copies {
                    #expect(try copy.dialed() == ["0 ready", "5 ready"])
                    #expect(try copy.text("SELECT count(*) FROM pending_phone") == "3")
                    #expect(try copy.text("SELECT count(*) FROM contact_phone WHERE contact_id <= 2") == "0")
                    #expect(try copy.reader().examine() == [])
                    for manner in ImportManner.allCases {
                        var again = try copy.copyAfterCrash()
                        again.manner = manner
                        try await again.opened { [again] in try await Self.add(to: $0, again.importRules()) {} }
                        try expectEverything(in: again)
                    }
                    try await copy.opened { store in
                        _ = try await store.begin(Sample.start { $0.fallsBack = true })
                        await store.waitForImports()
                    }
                    try expectNothing(in: copy)
                }
            }
        }

        @Test(arguments: ImportManner.allCases)
        func `the row of a person who is a contact under another number adds its further ones in the end, too`(
            _ manner: ImportManner
        ) async throws {
            try await TemporaryDatabase.with(manner) { database in
                try await database.fill(rows: [[7]], campaign: "outra")
                try await prepare(database)
                let lid = try #require(PhoneNumber(text: "12345@lid"))
                try await database.opened { store in
                    for index in [0, 7] {
                        try await store.receive(
                            CallEvent(.delivered, phone: Sample.phone(index), lid: lid), key: "\(index)")
                    }
                    let totals = try await store.add(rows: [[7, 8, 1]], database.importRules())
                    #expect(totals.map(\.alreadyInCampaign) == [1] && totals.map(\.accepted) == [0])
                }
                #expect(try database.numbers() == ["2 0 0", "2 1 8", "2 2 1"])
                #expect(try database.dialed() == ["7 ready", "0 excluded do_not_call", "5 ready"])
                #expect(try database.text("SELECT count(*) FROM pending_phone") == "0")
                #expect(try database.reader().examine() == [])
            }
        }
    }
}
