import CampaignCore
import Foundation
import Testing

@testable import CampaignStore

extension StoreTests {
    @Suite struct ListVersionTests {
        /// Imports one version of a list.
        @discardableResult private func take(
            _ phones: [String], of path: String?, replacing: Bool = false, into database: TemporaryDatabase
        ) async throws -> ImportTotals {
            let totals = try await database.opened { store in
                try await store.importLists(campaign: Sample.name, file: "c.yml", database.importRules()) { writer in
                    writer.replaces = replacing
                    try writer.beginList(
                        file: path ?? "-", columns: ["telefone"],
                        origin: path.map { ListOrigin(path: "/" + $0, modified: 1) })
                    for phone in phones { try writer.add(Self.row(phone)) }
                    try writer.endList(
                        ListFingerprint(sha256: Array(phones.joined().utf8), bytes: phones.count, reading: ""))
                }
            }
            return try #require(totals.first)
        }

        private static func row(_ text: String) -> ListRow {
            guard case .success(let phone) = PhoneReader().read(text) else {
                return .reject(
                    ListReject(
                        line: 1, raw: Array(text.utf8), own: [text], reason: "phone_letters", suggestion: "Fix it."))
            }
            return .contact(ListContact(phone: phone, callDuration: nil, own: [text]))
        }

        private func states(_ database: TemporaryDatabase) throws -> [String: String] {
            var states: [String: String] = [:]
            try database.reader().forEachContact(campaign: Sample.name) { contact in
                states[String(contact.phone.text.suffix(1))] = contact.reason ?? contact.state.rawValue
            }
            return states
        }

        private static func phone(_ number: Int) -> String { "1199999000\(number)" }
        private static func phones(_ numbers: Int...) -> [String] { numbers.map(phone) }

        @Test(arguments: ImportManner.allCases)
        func `contacts no longer in a list are counted, and excluded when it is replaced`(_ manner: ImportManner)
            async throws
        {
            try await TemporaryDatabase.with(manner) { database in
                let first = try await take(Self.phones(1, 2, 3), of: "a.csv", into: database)
                #expect(first.notListed.total == 0)
                let second = try await take(Self.phones(1, 4), of: "a.csv", into: database)
                #expect(second.notListed.ready == 2 && second.notListed.total == 2 && !second.isReplaced)
                #expect(try states(database) == ["1": "ready", "2": "ready", "3": "ready", "4": "ready"])
                // The same list again, as a user who follows the advice would import it.
                let third = try await take(Self.phones(1, 4), of: "a.csv", replacing: true, into: database)
                #expect(third.unchangedSince != nil && third.notListed.ready == 2 && third.isReplaced)
                #expect(try states(database) == ["1": "ready", "2": "not_listed", "3": "not_listed", "4": "ready"])
                let fourth = try await take(Self.phones(1, 4), of: "a.csv", replacing: true, into: database)
                #expect(fourth.notListed.total == 0 && fourth.listedAgain == 0)
            }
        }

        @Test(arguments: ImportManner.allCases)
        func `contacts listed again can be called again`(_ manner: ImportManner) async throws {
            try await TemporaryDatabase.with(manner) { database in
                try await take(Self.phones(1, 2, 3), of: "a.csv", into: database)
                try await take(Self.phones(1), of: "a.csv", replacing: true, into: database)
                #expect(try states(database) == ["1": "ready", "2": "not_listed", "3": "not_listed"])
                // In a longer list, and in one without a file, such as corrected rows.
                #expect(try await take(Self.phones(2, 1), of: "a.csv", into: database).listedAgain == 1)
                #expect(try await take(Self.phones(3), of: nil, into: database).listedAgain == 1)
                #expect(try states(database) == ["1": "ready", "2": "ready", "3": "ready"])
                // In a list whose very bytes are known.
                try await take(Self.phones(1), of: "a.csv", replacing: true, into: database)
                #expect(try states(database)["2"] == "not_listed")
                let again = try await take(Self.phones(2, 1), of: "a.csv", into: database)
                #expect(again.unchangedSince != nil && again.listedAgain == 1)
                #expect(try states(database)["2"] == "ready")
            }
        }

        @Test(arguments: ImportManner.allCases)
        func `whoever is not listed any more does not wait again, whatever becomes of calls and replies`(
            _ manner: ImportManner
        ) async throws {
            try await TemporaryDatabase.with(manner) { database in
                try await take(Self.phones(1, 2, 3, 4, 5), of: "a.csv", into: database)
                let start = Sample.start { $0.redial = RedialPolicy(attempts: 1, after: .seconds(600)) }
                let held = try #require(PhoneNumber(text: "55" + Self.phone(4)))
                let calls = try await database.opened { store in
                    _ = try await store.begin(start)
                    let calls = try await store.claim(3)
                    let doubt = CallReply(verdict: .inDoubt(.noReply))
                    try await store.record([
                        Sample.accepted(calls[0]), Sample.result(calls[1], doubt, .inDoubt(.noReply)),
                    ])
                    try await store.receive(CallEvent(Sample.text("quem é você?"), phone: held), key: "r")
                    return calls
                }
                let totals = try await take(Self.phones(5), of: "a.csv", replacing: true, into: database)
                #expect(totals.notListed.accepted == 1 && totals.notListed.inDoubt == 1)
                #expect(totals.notListed.dialing == 1 && totals.notListed.ready == 1)
                try await database.opened { store in
                    let throttled = CallReply(verdict: .throttled(retryAfter: nil))
                    let result = Sample.result(calls[2], throttled, .retry(after: .zero, counts: .throttle))
                    _ = try await store.begin(start)
                    try await store.record([result])
                    try await store.receive(CallEvent(Sample.call(.missed), ids: ["M1"]), key: "m")
                    _ = try await store.decide(reply: 1, as: .dismissed, by: "ana", now: Sample.now)
                    _ = try await store.resolve(campaign: Sample.name, .all, as: .notCalled)
                    #expect(try await store.claim(9, at: Sample.later(99_999)).count == 1)
                }
                let expected = [
                    "1": "accepted", "2": "not_listed", "3": "not_listed", "4": "not_listed", "5": "dialing",
                ]
                #expect(try states(database) == expected)
                #expect(try await take(Self.phones(1, 2, 3, 4, 5), of: "a.csv", into: database).listedAgain == 3)
            }
        }

        @Test(arguments: ImportManner.allCases)
        func `contacts listed again that have been blocked stay excluded, as blocked`(_ manner: ImportManner)
            async throws
        {
            try await TemporaryDatabase.with(manner) { database in
                try await take(Self.phones(1, 2, 3), of: "a.csv", into: database)
                try await take(Self.phones(1), of: "a.csv", replacing: true, into: database)
                let blocked = try #require(PhoneNumber(text: "55" + Self.phone(2)))
                let totals = try await database.opened { store in
                    try await store.block(now: Sample.now) { try $0.add(blocked, reason: "asked") }
                }
                #expect(totals.excluded == 0)
                #expect(try await take(Self.phones(2, 3, 1), of: "a.csv", into: database).listedAgain == 1)
                #expect(try states(database) == ["1": "ready", "2": "do_not_call", "3": "ready"])
                // The number is unblocked.
                let freed = try await database.opened { try await $0.unblock([blocked], requeues: true) }
                #expect(freed.requeued == 1)
                #expect(try states(database)["2"] == "ready")
            }
        }

        @Test(arguments: ImportManner.allCases)
        func `contacts that were or may have been called are counted and left alone`(_ manner: ImportManner)
            async throws
        {
            try await TemporaryDatabase.with(manner) { database in
                try await take(Self.phones(1, 2, 3, 4, 5), of: "a.csv", into: database)
                for (number, state) in [(1, "dialing"), (2, "accepted"), (3, "failed"), (4, "in_doubt")] {
                    try database.change(
                        """
                        UPDATE contact_row SET state = '\(state)', attempts = 1, reason = iif('\(state)' IN ('failed', 'in_doubt'), 'x', NULL)
                        WHERE phone = 551199999000\(number)
                        """)
                }
                let totals = try await take(Self.phones(6), of: "a.csv", replacing: true, into: database)
                let gone = totals.notListed
                #expect(
                    gone.ready == 1 && gone.dialing == 1 && gone.accepted == 1 && gone.failed == 1 && gone.inDoubt == 1)
                #expect(
                    try states(database) == [
                        "1": "dialing", "2": "accepted", "3": "x", "4": "x", "5": "not_listed", "6": "ready",
                    ])
            }
        }

        @Test(arguments: ImportManner.allCases)
        func `contacts in another list, or from no file, stay`(_ manner: ImportManner) async throws {
            try await TemporaryDatabase.with(manner) { database in
                try await take(Self.phones(1, 2, 3), of: "a.csv", into: database)
                try await take(Self.phones(2, 4), of: "b.csv", into: database)
                try await take(Self.phones(3), of: nil, into: database)
                let totals = try await take(Self.phones(5), of: "a.csv", replacing: true, into: database)
                #expect(totals.notListed.ready == 1)
                #expect(
                    try states(database) == ["1": "not_listed", "2": "ready", "3": "ready", "4": "ready", "5": "ready"])
                // 2 is gone from both lists now; 4 from its only one.
                let other = try await take(Self.phones(1), of: "b.csv", replacing: true, into: database)
                #expect(other.notListed.ready == 2 && other.listedAgain == 1)
                #expect(
                    try states(database) == [
                        "1": "ready", "2": "not_listed", "3": "ready", "4": "not_listed", "5": "ready",
                    ])
            }
        }

        @Test(arguments: ImportManner.allCases)
        func `a list without a usable row replaces nobody`(_ manner: ImportManner) async throws {
            try await TemporaryDatabase.with(manner) { database in
                try await take(Self.phones(1, 2), of: "a.csv", into: database)
                let totals = try await take(["abc", ""], of: "a.csv", replacing: true, into: database)
                #expect(!totals.hasUsableRows && !totals.isReplaced)
                #expect(try states(database) == ["1": "ready", "2": "ready"])
                #expect(try await take(["abc", ""], of: "a.csv", into: database).hasUsableRows == false)
                #expect(try await take(Self.phones(1), of: "a.csv", into: database).notListed.ready == 1)
            }
        }

        @Test(arguments: ImportManner.allCases)
        func `lists imported before versions were stored are known by their name`(_ manner: ImportManner) async throws {
            try await TemporaryDatabase.with(manner) { database in
                try await take(Self.phones(1, 2), of: "a.csv", into: database)
                try database.change("DELETE FROM list_version")
                #expect(try await take(Self.phones(1), of: "a.csv", into: database).notListed.ready == 1)
            }
        }

        @Test(arguments: ImportManner.allCases)
        func `the present version of a file tells when it came and what it was`(_ manner: ImportManner) async throws {
            try await TemporaryDatabase.with(manner) { database in
                try await take(Self.phones(1), of: "a.csv", into: database)
                try await take(Self.phones(1, 2), of: "a.csv", into: database)
                let list = try database.reader().importedList(campaign: Sample.name, path: "/a.csv", name: "x")
                #expect(list?.bytes == 2 && list?.modified == 1 && list?.importedAt == Sample.now)
                #expect(try database.reader().importedList(campaign: Sample.name, path: "/b.csv", name: "x") == nil)
                try await take(Self.phones(1), of: "a.csv", into: database)
                #expect(
                    try database.reader().importedList(campaign: Sample.name, path: "/a.csv", name: "x")?.bytes == 1)
            }
        }
    }
}
