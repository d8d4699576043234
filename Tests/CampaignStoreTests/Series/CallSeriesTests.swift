import CampaignCore
import GRDB
import Synchronization
import Testing

@testable import CampaignStore

extension StoreTests {
    /// Calls over time are counted when they end, so that a chart need not read them.
    @Suite struct CallSeriesTests {
        private static let minute = Duration.seconds(60)

        @Test func `a call is counted in the interval in which it began, by its outcome`() async throws {
            try await withOutcomes { database, _ in
                let points = try database.reader().series(
                    campaign: Sample.name, from: Sample.now, to: Sample.later(300), bucket: Self.minute)
                #expect(points.map(\.start) == (0..<5).map { Sample.later($0 * 60) })
                #expect(points.allSatisfy { $0.length == Self.minute })
                #expect(points.map(\.sums.calls) == [2, 0, 1, 0, 0])
                #expect(points[0].sums[.accepted] == 2 && points[0].sums.answered == 1)
                #expect(points[0].sums.delivered == 1 && points[0].sums.notAnswered == 0)
                #expect(points[0].sums.timed == 2 && points[0].sums.latencyMilliseconds == 2000)
                #expect(points[2].sums[.inDoubt] == 1)
                let totals = try database.reader().callTotals()
                #expect(totals.map(\.instance) == ["A"] && totals.map(\.campaign) == [Sample.name])
                #expect(totals[0].sums.calls == 3 && totals[0].sums.answered == 1)
            }
        }

        @Test func `an answer that follows a missed call takes its place`() async throws {
            try await withOutcomes { database, store in
                try await store.receive(CallEvent(Sample.call(.missed), ids: ["M2"]), key: "b")
                #expect(try Self.all(database).notAnswered == 1)
                try await store.receive(CallEvent(Sample.call(.accepted), ids: ["M2"]), key: "c", at: 90)
                try await store.receive(CallEvent(Sample.call(.missed), ids: ["M2"]), key: "d", at: 95)
                let sums = try Self.all(database)
                #expect(sums.notAnswered == 0 && sums.answered == 2 && sums.delivered == 2)
                try expectSumsOfAttempts(database)
            }
        }

        @Test func `a doubt stays a doubt of its time, and is known to be settled`() async throws {
            try await withOutcomes { database, store in
                var event = CallEvent(Sample.call(.accepted), phone: try Sample.phone(2), ids: ["M", "Z"])
                event.zaapId = "Z"
                try await store.receive(event, key: "s", at: 130)
                let sums = try Self.all(database)
                #expect(sums[.inDoubt] == 1 && sums[.accepted] == 2 && sums.settled == 1 && sums.answered == 2)
                try expectSumsOfAttempts(database)
            }
        }

        @Test func `an interruption is a doubt until the result is found`() async throws {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 1)
                try await database.opened { store in
                    _ = try await store.begin(Sample.start())
                    let calls = try await store.claim(1)
                    #expect(try Self.all(database).calls == 0)
                    try await store.leave()
                    _ = try await store.begin(Sample.start())
                    #expect(try Self.all(database)[.inDoubt] == 1)
                    #expect(try Self.all(database).timed == 0)
                    let results = calls.map { Sample.accepted($0) }
                    // As from a spool that was put back; a second time changes nothing.
                    for _ in 0..<2 { try await store.write { db in try store.recordSpooled(db, results) } }
                    let sums = try Self.all(database)
                    #expect(sums[.inDoubt] == 0 && sums[.accepted] == 1 && sums.timed == 1)
                    try expectSumsOfAttempts(database)
                }
            }
        }

        /// Calls, results, events and interruptions in random order, for two campaigns.
        @Test(arguments: 21...28)
        func `whatever happens, the sums are those of the attempts`(_ seed: UInt64) async throws {
            var history = RandomHistory(seed: seed)
            let rules = history.rules
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 6)
                try await database.fill(contacts: 6, campaign: "outra")
                for _ in 0..<3 {
                    try await database.opened { store in
                        _ = try await store.begin(Sample.start { rules(&$0) })
                        _ = try await store.begin(Sample.otherStart { rules(&$0) })
                        for _ in 0..<40 { try await history.step(store) }
                    }
                    try expectSumsOfAttempts(database)
                }
                // Whoever was being called is in doubt.
                try await database.opened { store in
                    _ = try await store.begin(Sample.start())
                    _ = try await store.begin(Sample.otherStart())
                }
                try expectSumsOfAttempts(database)
                #expect(try database.reader().examine() == [])
            }
        }

        @Test func `when the minutes are gone, charts show the hours`() async throws {
            try await withOutcomes { database, store in
                let read = { (from: Int, to: Int) in
                    try database.reader().series(
                        campaign: Sample.name, from: Sample.later(from), to: Sample.later(to), bucket: Self.minute)
                }
                #expect(try await store.pruneSeries(before: Sample.later(3599)) == 0)
                #expect(try read(60, 180).map(\.sums.calls) == [0, 1])
                #expect(try await store.pruneSeries(before: Sample.later(3600)) == 2)
                let hours = try read(60, 180)
                #expect(hours.map(\.start) == [Sample.now] && hours.map(\.length) == [.seconds(3600)])
                #expect(hours.map(\.sums.calls) == [3])
                try await store.receive(CallEvent(Sample.call(.missed), ids: ["M2"]), key: "b")
                #expect(try Self.all(database).notAnswered == 1)
                #expect(try database.reader().examine() == [])
                #expect(try read(3600, 3660).map(\.sums.calls) == [0])
            }
        }

        @Test(arguments: [60, 300, 3600, 86_400, 40 * 86_400, 4000 * 86_400])
        func `a chart has at most as many points as fit, all calls in them`(seconds: Int) async throws {
            try await withOutcomes { database, _ in
                let points = try database.reader().series(
                    campaign: Sample.name, from: Sample.now, to: Sample.later(seconds), bucket: .seconds(1))
                #expect((1...StoreReader.maxSeriesPoints).contains(points.count))
                #expect(points.reduce(0) { $0 + $1.sums.calls } == (seconds == 60 ? 2 : 3))
            }
        }

        @Test func `neither charts nor totals read calls or contacts`() async throws {
            try await withOutcomes { database, _ in
                let reader = try database.reader()
                let heard = Mutex<[String]>([])
                try reader.connection.read { db in db.trace { event in heard.withLock { $0.append("\(event)") } } }
                _ = try reader.series(
                    campaign: Sample.name, from: Sample.now, to: Sample.later(60), bucket: Self.minute)
                _ = try reader.callTotals()
                let statements = heard.withLock { $0 }
                #expect(statements.contains { $0.contains("call_series") })
                #expect(!statements.contains { $0.contains("attempt") || $0.contains("contact") }, "\(statements)")
                try reader.connection.read { db in
                    db.trace(nil)
                    for sql in statements where sql.contains("call_series") {
                        let explain = try db.makeStatement(sql: "EXPLAIN QUERY PLAN \(sql)")
                        explain.setUncheckedArguments(StatementArguments())
                        let steps = try Row.fetchAll(explain).compactMap { $0["detail"] as String? }
                        let ofSeries = steps.filter { $0.contains("call_series") || $0.contains("series ") }
                        #expect(ofSeries.allSatisfy { $0.hasPrefix("SEARCH") }, "\(steps)")
                    }
                }
            }
        }

        @Test(arguments: [1, 20])
        func `a transaction writes once for each minute, campaign and instance`(_ results: Int) async throws {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: results)
                try await database.opened { store in
                    _ = try await store.begin(Sample.start())
                    let calls = try await store.claim(results)
                    let heard = Mutex(0)
                    try await store.write { db in
                        db.trace { event in
                            if "\(event)".hasPrefix("INSERT INTO call_series") { heard.withLock { $0 += 1 } }
                        }
                    }
                    try await store.record(calls.map { Sample.accepted($0) })
                    #expect(heard.withLock { $0 } == 1)
                    try await store.write { db in db.trace(nil) }
                    #expect(try Self.all(database)[.accepted] == results)
                }
            }
        }

        @Test(arguments: [
            "UPDATE call_series SET accepted = accepted + 1 WHERE span = 0",
            "UPDATE call_series SET answered = 0 WHERE span = 60",
            "UPDATE call_series SET refused = 1 WHERE span = 1 AND accepted = 2",
            "DELETE FROM call_series WHERE span = 60",
        ])
        func `a wrong sum is a defect of the database`(_ change: String) async throws {
            try await withOutcomes { database, _ in
                #expect(try database.reader().examine() == [])
                try database.change(change)
                let defects = try database.reader().examine().map(\.text)
                #expect(defects.count == 1, "\(defects)")
                #expect(defects.allSatisfy { $0.contains(" of calls over time ") }, "\(defects)")
            }
        }

        @Test func `a result is written even where a sum is wrong`() async throws {
            try await withOutcomes { database, store in
                try database.change("DELETE FROM call_series")
                try await store.receive(CallEvent(Sample.call(.missed), ids: ["M2"]), key: "b")
                try await store.receive(CallEvent(Sample.call(.accepted), ids: ["M2"]), key: "c", at: 90)
                #expect(try database.contacts()[1] == "accepted delivered answered")
            }
        }

        // MARK: Support

        /// Two accepted calls, the first of them answered, and two minutes later one in doubt.
        private func withOutcomes(_ body: (TemporaryDatabase, CampaignStore) async throws -> Void) async throws {
            try await TemporaryDatabase.with { database in
                try await database.withCalls(2, contacts: 3) { store in
                    let doubt = CallReply(verdict: .inDoubt(.noReply), error: "timeout")
                    let last = try await store.claim(1, at: Sample.later(120))
                    try await store.record(last.map { Sample.result($0, doubt, .inDoubt(.noReply)) })
                    try await store.receive(CallEvent(Sample.call(.accepted), ids: Sample.ids), key: "a")
                    try await body(database, store)
                }
            }
        }

        /// All calls of the campaign.
        private static func all(_ database: TemporaryDatabase) throws -> CallSums {
            try database.reader().callTotals().reduce(into: CallSums()) { $0 += $1.sums }
        }

        /// Compares what is kept with what the attempts say, by the minute, by the hour and in all.
        private func expectSumsOfAttempts(_ database: TemporaryDatabase) throws {
            for (span, start) in [(1, "started_at / 60000"), (60, "started_at / 3600000 * 60"), (0, "0")] {
                let outcomes = AttemptOutcome.allCases.map { "count(*) FILTER (WHERE outcome = '\($0.rawValue)')" }
                let counted = try database.lines(
                    """
                    SELECT campaign_id, instance_id, \(start), \(outcomes.joined(separator: ", ")),
                        count(*) FILTER (WHERE attempt.delivery = 'delivered'),
                        count(*) FILTER (WHERE attempt.answer = 'answered'),
                        count(*) FILTER (WHERE attempt.answer = 'not_answered'), count(latency_ms), total(latency_ms)
                    FROM attempt JOIN contact_row AS contact ON contact.id = attempt.contact_id
                    WHERE outcome IS NOT NULL GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
                    """)
                let kept = try database.lines(
                    """
                    SELECT campaign_id, instance_id, start, accepted + settled, in_doubt - settled, not_sent, throttled,
                        refused, misconfigured, server_error, delivered, answered, not_answered, timed,
                        0.0 + latency_ms
                    FROM call_series WHERE span = \(span) ORDER BY 1, 2, 3
                    """)
                #expect(counted == kept, "span \(span)")
            }
        }
    }
}
