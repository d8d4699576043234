import CampaignCore
import Dispatch
import Foundation
import Testing

@testable import CampaignStore

extension StoreTests {
    /// An import during a run takes many transactions: others come in between, and see nothing of it before its end.
    @Suite struct SlicedImportTests {
        @Test func `contacts of an unfinished import are not seen, called or changed, but blocking applies to them`()
            async throws
        {
            try await TemporaryDatabase.with(.besideRun) { database in
                try await database.fill(contacts: 4)
                try await database.opened { store in
                    _ = try await store.begin(Sample.start())
                    let before = try Look(store)
                    try await halfWay(20, from: 2, into: database, store) {
                        #expect(try Look(store) == before)
                        #expect(try store.reader().examine() == [])
                        // All that there are, and no more.
                        #expect(try await store.claim(9).count == 4)
                        let blocked = try await store.block(now: Sample.now) {
                            try $0.add(Sample.phone(10), reason: "")
                        }
                        #expect(blocked.added == 1)
                        #expect(try await store.retry(campaign: Sample.name, where: .state(.excluded)).requeued == 0)
                        let commit = try await store.commit(Sample.batch(claims: 3))
                        #expect(commit.calls.isEmpty && commit.rest == .empty)
                    }
                    let counts = try store.reader().counts(campaign: Sample.name)
                    #expect(counts.dialing == 4 && counts.ready == 17 && counts.excluded == 1)
                    #expect(try await store.claim(99).count == 17)
                }
                #expect(
                    try database.text("SELECT reason FROM contact WHERE phone = \(Sample.phone(10).value)")
                        == "do_not_call")
                #expect(try database.reader().examine() == [])
            }
        }

        @Test func `contacts that wait for a retry are found behind those of an unfinished import`() async throws {
            try await TemporaryDatabase.with(.besideRun) { database in
                try await database.fill(contacts: 2)
                try await database.opened { store in
                    _ = try await store.begin(Sample.start())
                    let calls = try await store.claim(2)
                    _ = try await store.commit(
                        Sample.batch(results: calls.map { Sample.retry($0, after: .seconds(5)) }))
                    try await halfWay(9, from: 2, into: database, store) {
                        let early = try await store.commit(Sample.batch(claims: 3))
                        #expect(early.calls.isEmpty && early.rest == .dueAt(Sample.later(6)))
                        let commit = try await store.commit(Sample.batch(claims: 3, at: Sample.later(6)))
                        #expect(commit.calls.map(\.attempt.number) == [2, 2])
                    }
                }
            }
        }

        @Test(arguments: 0..<10)
        func `a number blocked while it is being imported is never called`(_ round: Int)
            async throws
        {
            try await TemporaryDatabase.with(.besideRun) { database in
                try await database.opened { store in
                    async let totals = store.importLists(
                        campaign: Sample.name, file: "c.yml", database.importRules(), Self.list(60, from: 0))
                    // In between its transactions, wherever it is.
                    for index in 0..<30 {
                        let phone = try Sample.phone((index * 7 + round) % 60)
                        _ = try await store.block(now: Sample.now) { try $0.add(phone, reason: "") }
                    }
                    #expect(try await totals.map(\.accepted) == [60])
                    let counts = try store.reader().counts(campaign: Sample.name)
                    #expect(counts.ready == 30 && counts.excluded == 30)
                }
                let wrong = try database.text(
                    "SELECT count(*) FROM contact JOIN block ON block.identity = contact.identity WHERE state = 'ready'"
                )
                #expect(wrong == "0")
            }
        }

        @Test func `what a killed import has left is invisible, and the next one removes it`()
            async throws
        {
            try await TemporaryDatabase.with(.besideRun) { database in
                try await database.fill(contacts: 4)
                var killed: TemporaryDatabase?
                try await database.opened { store in
                    try await halfWay(20, from: 2, into: database, store) { killed = try database.copyAfterCrash() }
                }
                var copy = try #require(killed)
                #expect(try copy.text("SELECT count(*) > 10 FROM contact_row") == "1")
                for manner in ImportManner.allCases {
                    copy.manner = manner
                    let again = try copy.copyAfterCrash()
                    try await again.opened { store in
                        _ = try await store.begin(Sample.start())
                        #expect(try await store.claim(9).count == 4)
                        #expect(try store.reader().examine() == [])
                    }
                    // The very numbers that were half there.
                    try await again.fill(contacts: 5, from: 6)
                    #expect(try again.text("SELECT count(*) FROM contact_row") == "9")
                    #expect(try again.text("SELECT count(*) FROM contact") == "9")
                    #expect(try again.text("SELECT count(*) FROM contact_identity") == "9")
                    #expect(try again.text("SELECT count(*) FROM import_row") == "2")
                    #expect(try again.text("SELECT count(*) FROM duplicate") == "0")
                    #expect(try again.reader().examine() == [])
                }
            }
        }

        @Test func `a campaign whose first import is unfinished is invisible, even if the import was killed`()
            async throws
        {
            try await TemporaryDatabase.with(.besideRun) { database in
                var killed: TemporaryDatabase?
                try await database.opened { store in
                    try await halfWay(9, from: 0, into: database, store) { killed = try database.copyAfterCrash() }
                    #expect(try store.reader().campaigns().map(\.name) == [Sample.name])
                }
                var copy = try #require(killed)
                copy.manner = .besideRun
                #expect(try copy.reader().campaigns().isEmpty)
                try await copy.opened { store in
                    await #expect(throws: StoreError.campaignIncomplete(name: Sample.name)) {
                        _ = try await store.begin(Sample.start())
                    }
                }
                try await copy.fill(contacts: 3, campaign: "outra")
                #expect(try copy.reader().campaigns().map(\.name) == ["outra"])
                #expect(try copy.text("SELECT count(*) FROM contact_row") == "3")
                #expect(try copy.text("SELECT count(*) FROM campaign_row") == "1")
                try await copy.fill(contacts: 2)
                #expect(try copy.reader().counts(campaign: Sample.name).ready == 2)
            }
        }

        @Test(arguments: [0, 4])
        func `a cancel during an import applies to all contacts of the import`(_ before: Int) async throws {
            try await TemporaryDatabase.with(.besideRun) { database in
                if before > 0 { try await database.fill(contacts: before) }
                try await database.opened { store in
                    var cancelling: Task<Int, any Error>?
                    try await halfWay(20, from: 2, into: database, store) {
                        cancelling = Task { try await store.cancel(campaign: Sample.name) }
                    }
                    let count = try await cancelling?.value
                    let counts = try store.reader().counts(campaign: Sample.name)
                    #expect(counts.ready == 0 && counts.excluded == count)
                }
            }
        }

        @Test func `a run removes what a killed import has left`() async throws {
            try await TemporaryDatabase.with(.besideRun) { database in
                try await database.fill(contacts: 4)
                var killed: TemporaryDatabase?
                try await database.opened { store in
                    try await halfWay(20, from: 2, into: database, store) { killed = try database.copyAfterCrash() }
                }
                let copy = try #require(killed)
                try await copy.opened { store in
                    _ = try await store.begin(Sample.start())
                    await store.waitForImports()
                    #expect(try await store.claim(9).count == 4)
                }
                #expect(try copy.text("SELECT count(*) FROM contact_row") == "4")
                #expect(try copy.text("SELECT contacts_end = \(Int64.max) FROM store") == "1")
                #expect(try copy.reader().examine() == [])
            }
        }

        @Test func `imports during a run are done one after another`() async throws {
            try await TemporaryDatabase.with(.besideRun) { database in
                try await database.opened { store in
                    try await withThrowingTaskGroup(of: [ImportTotals].self) { group in
                        for campaign in ["a", "b", "c"] {
                            group.addTask {
                                try await store.importLists(
                                    campaign: campaign, file: "c.yml", database.importRules(), Self.list(30, from: 0))
                            }
                        }
                        for try await totals in group { #expect(totals.map(\.accepted) == [30]) }
                    }
                }
                for campaign in ["a", "b", "c"] {
                    #expect(try database.reader().counts(campaign: campaign).ready == 30)
                }
                #expect(try database.reader().examine() == [])
            }
        }

        /// What readers see.
        private struct Look: Equatable {
            var summary: CampaignSummary
            var contacts: [ContactRow] = []
            var campaigns: [CampaignEntry]
            var columns: [String]
            var elsewhere: [CallState]
            var due: Timestamp?

            init(_ store: CampaignStore) throws {
                let reader = try store.reader()
                summary = try reader.summary(campaign: Sample.name)
                campaigns = try reader.campaigns()
                columns = try reader.ownColumns(campaign: Sample.name)
                due = try reader.nextDue(campaign: Sample.name)
                elsewhere = try reader.details(of: Sample.phone(15), campaign: Sample.name).elsewhere.map(\.state)
                var contacts: [ContactRow] = []
                try reader.forEachContact(campaign: Sample.name) { contacts.append($0) }
                self.contacts = contacts
            }
        }

        /// Imports a list, and runs `body` when half of its rows have been written.
        private func halfWay(
            _ count: Int, from first: Int, into database: TemporaryDatabase, _ store: CampaignStore,
            _ body: () async throws -> Void
        ) async throws {
            let (reached, reach) = AsyncStream.makeStream(of: Void.self)
            let goOn = DispatchSemaphore(value: 0)
            async let totals = store.importLists(campaign: Sample.name, file: "c.yml", database.importRules()) {
                writer in
                defer { reach.finish() }
                try writer.beginList(file: "lista.csv", columns: ["telefone"])
                for index in 0..<count {
                    if index == count / 2 {
                        reach.yield()
                        goOn.wait()
                    }
                    try writer.add(Self.row(first + index))
                }
            }
            for await _ in reached { break }
            let result: Result<Void, any Error>
            do {
                result = .success(try await body())
            } catch {
                result = .failure(error)
            }
            goOn.signal()
            _ = try await totals
            try result.get()
        }

        private static func list(_ count: Int, from first: Int) -> @Sendable (ImportWriter) throws -> Void {
            { writer in
                try writer.beginList(file: "lista.csv", columns: ["telefone"])
                for index in 0..<count { try writer.add(row(first + index)) }
            }
        }

        private static func row(_ index: Int) throws -> ListRow {
            .contact(ListContact(phone: try Sample.phone(index), callDuration: nil, own: ["\(index)"]))
        }
    }
}
