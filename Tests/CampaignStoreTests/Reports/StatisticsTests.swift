import CampaignCore
import Testing

@testable import CampaignStore

extension StoreTests {
    @Suite struct StatisticsTests {
        @Test func `what is counted call by call and contact by contact agrees with the sums`() async throws {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 6)
                try await database.opened { store in
                    _ = try await store.begin(Sample.start())
                    let calls = try await store.claim(4)
                    try await store.record([
                        Sample.accepted(calls[0]),
                        Sample.result(
                            calls[1], CallReply(verdict: .refused, httpStatus: 400, error: "no"), .failed(.refused)),
                        Sample.result(calls[2], CallReply(verdict: .inDoubt(.noReply)), .inDoubt(.noReply)),
                    ])
                    let reader = try database.reader()
                    let both = try reader.figures(campaign: Sample.name) { _ in -10_800 }
                    let (summary, figures) = (both.summary, both.statistics)
                    #expect(try reader.summary(campaign: Sample.name) == summary)
                    #expect(figures.contactsByAttempts == [0: 2, 1: 4])
                    #expect(figures.contactsByAttempts.values.reduce(0, +) == summary.counts.total)
                    let instance = try #require(figures.instances.first)
                    #expect(figures.instances.count == 1 && instance.name == "iA" && instance.calls == 4)
                    #expect(instance.outcomes == summary.outcomes && instance.unfinished == 1)
                    let series = try #require(figures.series)
                    #expect(series.intervals.reduce(0) { $0 + $1.calls } == 4)
                    #expect(figures.quarters.values.reduce(0) { $0 + $1.calls } == 4)
                    #expect(figures.latency.total == 3)
                    #expect(figures.examples[StateReason(.failed, "refused")] == [calls[1].phone])
                    #expect(figures.examples[StateReason(.inDoubt, "no_reply")] == [calls[2].phone])
                    #expect(figures.errorExamples == ["no": calls[1].phone])
                }
            }
        }

        @Test func `calls of another campaign are not counted`() async throws {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 2)
                try await database.fill(contacts: 3, campaign: "outra", from: 10)
                try await database.opened { store in
                    _ = try await store.begin(Sample.start())
                    _ = try await store.claim(2)
                }
                let figures = try database.reader().figures(campaign: "outra") { _ in 0 }.statistics
                #expect(figures.series == nil && figures.instances.isEmpty && figures.contactsByAttempts == [0: 3])
            }
        }

        @Test func `calls of a clock that was before 1970 are counted in their own quarter of an hour`() async throws {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 2)
                try await database.opened { store in
                    _ = try await store.begin(Sample.start())
                    _ = try await store.claim(2)
                }
                try database.change("UPDATE attempt SET started_at = -1 - 900000 * (contact_id % 2)")
                let figures = try database.reader().figures(campaign: Sample.name) { _ in 0 }.statistics
                #expect(figures.quarters.mapValues(\.calls) == [-1: 1, -2: 1])
            }
        }

        @Test func `calls are counted where the lists of two campaigns came in turns`() async throws {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 2)
                try await database.fill(contacts: 2, campaign: "outra", from: 10)
                try await database.fill(contacts: 2, from: 20)
                try await database.opened { store in
                    _ = try await store.begin(Sample.start())
                    let calls = try await store.claim(3)
                    try await store.record(calls.map { Sample.accepted($0) })
                    for (name, count) in [(Sample.name, 3), ("outra", 0)] {
                        let figures = try database.reader().figures(campaign: name) { _ in 0 }
                        #expect(figures.statistics.instances.reduce(0) { $0 + $1.calls } == count)
                        #expect(figures.summary.outcomes[.accepted, default: 0] == count)
                        #expect(try database.reader().summary(campaign: name) == figures.summary)
                    }
                }
            }
        }

        @Test func `contacts are counted by an own column, wherever their list has it`() async throws {
            try await TemporaryDatabase.with { database in
                try await database.opened { store in
                    _ = try await store.importLists(campaign: Sample.name, file: "c.yml", now: Sample.now) { writer in
                        try writer.beginList(file: "a.csv", columns: ["telefone", "Médico"])
                        for index in 0..<3 {
                            try writer.add(Self.contact(index, ["1", index == 0 ? "Ana \"A\"" : "Rui"]))
                        }
                        try writer.beginList(file: "b.csv", columns: ["Médico", "telefone"])
                        try writer.add(Self.contact(3, ["Rui", "1"]))
                        try writer.beginList(file: "c.csv", columns: ["telefone"])
                        try writer.add(Self.contact(4, ["1"]))
                    }
                }
                let reader = try database.reader()
                let values = try #require(
                    try reader.figures(campaign: Sample.name, by: "Médico") { _ in 0 }.statistics.values)
                #expect(values.values.map(\.text) == ["Rui", "", "Ana \"A\""])
                #expect(values.values.map(\.counts.total) == [3, 1, 1] && !values.hasTooMany)
                let none = try reader.figures(campaign: Sample.name, by: "x") { _ in 0 }.statistics.values
                #expect(none?.values.map(\.text) == [""] && none?.values.first?.counts.ready == 5)
            }
        }

        @Test func `a column with more values than people are grouped by is not listed`() async throws {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: ColumnFigures.maxValues + 1)
                let figures = try database.reader().figures(campaign: Sample.name, by: "telefone") { _ in 0 }
                let values = figures.statistics.values
                #expect(values?.hasTooMany == true && values?.values == [])
            }
        }

        private static func contact(_ index: Int, _ own: [String]) throws -> ListRow {
            .contact(ListContact(phone: try Sample.phone(index), callDuration: nil, own: own))
        }
    }

    @Suite struct HistoryTests {
        @Test func `settings are kept when they change, and not with every run`() async throws {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 1)
                try await database.opened { store in
                    for (second, workers) in [8, 8, 9, 9, 8].enumerated() {
                        var start = Sample.start()
                        start.now = Sample.later(second)
                        start.settings = [CampaignSetting("workers", "\(workers)")]
                        _ = try await store.begin(start)
                        try await store.leave()
                    }
                }
                let settings = try database.history().settings
                #expect(settings.map { $0.list.map(\.value) } == [["8"], ["9"], ["8"]])
                #expect(settings.map(\.from) == [0, 2, 4].map(Sample.later))
                #expect(try database.reader().examine() == [])
            }
        }

        @Test func `pauses and waits for the window have a beginning and an end`() async throws {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 1)
                try await database.opened { store in
                    _ = try await store.begin(Sample.start())
                    for (second, word) in [RunActivity.Word.dialing, .window, .window, .dialing, .window].enumerated() {
                        var batch = Sample.batch(at: Sample.later(second))
                        batch.activity = RunActivity(word: word, until: Sample.later(100))
                        _ = try await store.commit(batch)
                    }
                    try await store.leave()
                    for second in [10, 20] {
                        let pause = CampaignPause(since: Sample.later(second), user: "ana", command: "pause")
                        _ = try await store.pause(campaign: Sample.name, pause)
                    }
                    _ = try await store.resume(campaign: Sample.name, now: Sample.later(30))
                    _ = try await store.resume(campaign: Sample.name, now: Sample.later(40))
                    let last = CampaignPause(since: Sample.later(200), user: "ana", command: "pause")
                    _ = try await store.pause(campaign: Sample.name, last)
                }
                #expect(
                    try database.history().spans == [
                        CampaignHistory.Span(.shut, from: Sample.later(1), to: Sample.later(3)),
                        CampaignHistory.Span(.shut, from: Sample.later(4), to: Sample.later(100)),
                        CampaignHistory.Span(.paused, from: Sample.later(10), to: Sample.later(30)),
                        CampaignHistory.Span(.paused, from: Sample.later(200), to: nil),
                    ])
            }
        }

        @Test func `a wait for the window ends when its run does, and with the next call at the latest`() async throws {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 2)
                var waiting = Sample.batch(at: Sample.later(1))
                waiting.activity = RunActivity(word: .window, until: Sample.later(1000))
                try await database.opened { store in
                    _ = try await store.begin(Sample.start())
                    _ = try await store.commit(waiting)
                    try await store.leave(RunDeparture(campaign: 0, staysActive: false, at: Sample.later(5)))
                    // This process just ends.
                    _ = try await store.begin(Sample.start())
                    waiting.common.now = Sample.later(10)
                    _ = try await store.commit(waiting)
                }
                try await database.opened { store in
                    var start = Sample.start()
                    start.now = Sample.later(20)
                    _ = try await store.begin(start)
                    waiting.common.now = Sample.later(30)
                    _ = try await store.commit(waiting)
                    try await store.leave()
                    start.now = Sample.later(40)
                    _ = try await store.begin(start)
                    #expect(try await store.claim(1, at: Sample.later(50)).count == 1)
                }
                #expect(
                    try database.history().spans == [
                        CampaignHistory.Span(.shut, from: Sample.later(1), to: Sample.later(5)),
                        CampaignHistory.Span(.shut, from: Sample.later(10), to: Sample.later(20)),
                        CampaignHistory.Span(.shut, from: Sample.later(30), to: Sample.later(50)),
                    ])
            }
        }

        /// What became of five rejected rows that were imported from their export; nil: left out of it.
        @Test(arguments: [(5, 1, 4), (5, 5, 0), (2, 1, 4)])
        func `a row that was rejected again is listed once, and a corrected one not any more where that can be told`(
            rows: Int, corrected: Int, left: Int
        ) async throws {
            try await TemporaryDatabase.with { database in
                @Sendable func reject(_ line: Int) -> ListReject {
                    ListReject(line: line, raw: [], own: ["\(line)"], reason: "phone_letters", suggestion: "Fix it.")
                }
                try await database.opened { store in
                    _ = try await store.importLists(campaign: Sample.name, file: "c.yml", now: Sample.now) { writer in
                        try writer.beginList(file: "a.csv", columns: ["fone"])
                        for line in 2...6 { try writer.add(.reject(reject(line))) }
                    }
                    _ = try await store.importLists(campaign: Sample.name, file: "c.yml", now: Sample.later(1)) {
                        writer in
                        try writer.beginList(file: "a.rejects.csv", columns: ["fone"], isExport: true)
                        for index in 0..<corrected {
                            try writer.add(
                                .contact(
                                    ListContact(phone: try Sample.phone(index), callDuration: nil, own: ["\(index)"])))
                        }
                        for line in corrected..<rows { try writer.add(.reject(reject(line + 2))) }
                    }
                }
                var listed = 0
                try database.reader().forEachReject(campaign: Sample.name) { _ in listed += 1 }
                let figures = try database.reader().figures(campaign: Sample.name) { _ in 0 }
                #expect(figures.summary.rejectedRows == left)
                #expect(listed == (rows == 5 ? left : 5))
                #expect(figures.statistics.rejects.reduce(0) { $0 + $1.rows } == listed)
                var imported = 0
                try database.reader().forEachReject(campaign: Sample.name, importedAt: Sample.now) { _ in imported += 1
                }
                #expect(imported == 5)
            }
        }
    }
}

extension TemporaryDatabase {
    fileprivate func history() throws -> CampaignHistory {
        try reader().figures(campaign: Sample.name) { _ in 0 }.statistics.history
    }
}
