import CampaignCore
import GRDB
import Synchronization
import Testing

@testable import CampaignStore

extension StoreTests {
    /// What somebody who watches a service asks for every few seconds.
    @Suite struct GaugeTests {
        @Test func `contacts are due whose turn has come, since then or since the run began`() async throws {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 6)
                try await database.opened { store in
                    _ = try await store.begin(Sample.start())
                    try await store.change("UPDATE contact_row SET due_at = \(Sample.later(100).milliseconds)")
                    try await store.change(
                        "UPDATE contact_row SET due_at = \(Sample.later(20).milliseconds) WHERE id <= 2")
                    func due(at seconds: Int) throws -> DueContacts {
                        try store.reader().dueContacts(campaign: Sample.name, ready: 6, at: Sample.later(seconds))
                    }
                    #expect(try due(at: 10) == DueContacts())
                    #expect(try due(at: 30) == DueContacts(count: 2, since: Sample.later(20)))
                    #expect(try due(at: 100) == DueContacts(count: 6, since: Sample.later(20)))
                    try await store.change("UPDATE contact_row SET due_at = 0 WHERE id = 6")
                    #expect(try due(at: 30) == DueContacts(count: 3, since: Sample.now))
                    #expect(
                        try store.reader().dueContacts(campaign: Sample.name, ready: 0, at: Sample.later(30)).count == 0
                    )
                }
            }
        }

        @Test func `an event that waits is as old as its arrival`() async throws {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 1)
                try await database.opened { store in
                    _ = try await store.begin(Sample.start())
                    #expect(try store.reader().oldestWaitingEvent() == nil)
                    let calls = try await store.claim(1)
                    try await store.receive(CallEvent(Sample.call(.accepted), ids: ["M1"]), key: "a", at: 3)
                    #expect(try store.reader().oldestWaitingEvent() == Sample.later(3))
                    try await store.record(calls.map { Sample.accepted($0) })
                    #expect(try store.reader().oldestWaitingEvent() == nil)
                }
            }
        }

        @Test func `nothing of it reads all contacts, calls or events`() async throws {
            try await TemporaryDatabase.with { database in
                try await database.withCalls(2, contacts: 9) { store in
                    let reader = try store.reader()
                    let heard = Mutex<[String]>([])
                    try reader.connection.read { db in db.trace { event in heard.withLock { $0.append("\(event)") } } }
                    _ = try reader.dueContacts(campaign: Sample.name, ready: 7, at: Sample.now)
                    _ = try reader.oldestWaitingEvent()
                    #expect(try reader.instanceGauges(now: Sample.now).map(\.name) == ["iA", "iB"])
                    _ = try reader.callTotals()
                    _ = try reader.eventTotals()
                    _ = try reader.hearing(now: Sample.now)
                    _ = try reader.overviews()
                    _ = try reader.replyCount(ReplyChoice(isUndecided: true))
                    try reader.connection.read { db in
                        db.trace(nil)
                        for sql in heard.withLock({ $0 }) where sql.hasPrefix("SELECT") {
                            let explain = try db.makeStatement(sql: "EXPLAIN QUERY PLAN \(sql)")
                            explain.setUncheckedArguments(StatementArguments())
                            for step in try Row.fetchAll(explain).compactMap({ $0["detail"] as String? }) {
                                let isScan = ["contact_row", "attempt", "event", "call_series", "instance_use"].contains
                                {
                                    step == "SCAN \($0)" || step.hasPrefix("SCAN \($0) ")
                                }
                                #expect(!isScan || step.contains("event_parked"), "\(sql): \(step)")
                            }
                        }
                    }
                }
            }
        }
    }
}
