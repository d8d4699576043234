import CampaignCore
import CampaignStore
import Testing

extension StoreTests {
    @Suite struct ReportTests {
        @Test func `the figures of a campaign agree with what happened`() async throws {
            try await withRun { reader in
                let summary = try reader.summary(campaign: Sample.name)
                #expect(summary.counts.total == 6)
                #expect(summary.counts.accepted == 2 && summary.counts.failed == 1 && summary.counts.inDoubt == 1)
                #expect(summary.outcomes == [.accepted: 2, .refused: 1, .inDoubt: 2, .notSent: 1])
                #expect(summary.errors.map(\.error) == ["busy", "no"])
                #expect(summary.errors.map(\.attempts) == [1, 1])
                #expect(summary.reasons.reduce(0) { $0 + $1.contacts } == 6)
                #expect(summary.reasons.contains(ReasonCount(state: .failed, reason: "refused", contacts: 1)))
                #expect(summary.firstAttemptAt == Sample.now && summary.lastAttemptAt == Sample.later(5))
            }
        }

        @Test func `a contact comes with its first and its last attempt`() async throws {
            try await withRun { reader in
                var rows: [ContactRow] = []
                try reader.forEachContact(campaign: Sample.name) { rows.append($0) }
                #expect(rows.map(\.phone) == (try (0..<6).map { try Sample.phone($0) }))
                let retried = rows[3]
                #expect(retried.state == .accepted && retried.attempts == 2)
                #expect(retried.firstAttemptAt == Sample.now)
                #expect(retried.last?.number == 2 && retried.last?.startedAt == Sample.later(5))
                #expect(retried.last?.receipt == CallReceipt(zaapId: "Z4.2", messageId: "M4"))
                #expect(retried.last?.latencyMilliseconds == 1000 && retried.last?.httpStatus == 200)
                #expect(rows[1].reason == "refused" && rows[1].last?.error == "no")
                #expect(rows[5].state == .ready && rows[5].last?.outcome == .notSent && rows[5].last?.receipt == nil)
            }
        }

        @Test func `a contact that was not dialed has no attempt`() async throws {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 1)
                var rows: [ContactRow] = []
                try database.reader().forEachContact(campaign: Sample.name) { rows.append($0) }
                #expect(rows == [ContactRow(own: ["5511990000000"], phone: try Sample.phone(0), state: .ready)])
                let summary = try database.reader().summary(campaign: Sample.name)
                #expect(summary.outcomes.isEmpty && summary.firstAttemptAt == nil && summary.lastAttemptAt == nil)
            }
        }

        @Test func `only contacts in the requested states are returned`() async throws {
            try await withRun { reader in
                var rows: [ContactRow] = []
                try reader.forEachContact(campaign: Sample.name, in: [.failed, .inDoubt]) { rows.append($0) }
                #expect(rows.map(\.state) == [.failed, .inDoubt])
                try reader.forEachContact(campaign: Sample.name, in: []) { _ in Issue.record("nobody was asked for") }
            }
        }

        @Test func `every attempt is told, also the one that has no result yet`() async throws {
            try await withRun { reader in
                var rows: [AttemptRow] = []
                try reader.forEachAttempt(campaign: Sample.name) { rows.append($0) }
                #expect(rows.map(\.number) == [1, 1, 1, 1, 2, 1, 1])
                #expect(rows.map(\.outcome) == [.accepted, .refused, .inDoubt, .inDoubt, .accepted, nil, .notSent])
                #expect(rows[5].endedAt == nil && rows[5].instance == "iA" && rows[5].startedAt == Sample.now)
            }
        }

        @Test func `a snapshot is of one moment, whatever is written meanwhile`() async throws {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 1)
                // Its store is open, as during a run.
                try await database.opened { _ in
                    let reader = try database.reader()
                    func own(_ reader: StoreReader) throws -> [String] {
                        var cells: [String] = []
                        try reader.forEachContact(campaign: Sample.name) { cells += $0.own }
                        return cells
                    }
                    let before = try own(reader)
                    try reader.snapshot { reader in
                        #expect(try reader.summary(campaign: Sample.name).counts.ready == 1)
                        try database.change("UPDATE contact_row SET own = '[\"new\"]'")
                        #expect(try own(reader) == before)
                        try reader.snapshot { reader in
                            let again = try own(reader)
                            #expect(again == before)
                        }
                    }
                    #expect(try own(reader) == ["new"])
                }
            }
        }

        @Test func `errors within a snapshot pass through, and it is read again after them`() async throws {
            struct Stop: Error {}
            try await withRun { reader in
                #expect(throws: Stop.self) {
                    try reader.snapshot { reader in
                        try reader.forEachContact(campaign: Sample.name) { _ in throw Stop() }
                    }
                }
                #expect(throws: StoreError.unknownCampaign(name: "x", known: [Sample.name])) {
                    try reader.snapshot { _ = try $0.summary(campaign: "x") }
                }
                let summary = try reader.summary(campaign: Sample.name)
                #expect(summary.counts.total == 6)
            }
        }

        @Test func `errors of the caller pass through unchanged`() async throws {
            struct Stop: Error {}
            try await withRun { reader in
                var seen = 0
                #expect(throws: Stop.self) {
                    try reader.forEachContact(campaign: Sample.name) { _ in
                        seen += 1
                        throw Stop()
                    }
                }
                #expect(seen == 1)
            }
        }

        @Test func `an unknown campaign is an error that names the known ones`() async throws {
            try await withRun { reader in
                let error = StoreError.unknownCampaign(name: "x", known: [Sample.name])
                #expect(throws: error) { try reader.counts(campaign: "x") }
                #expect(throws: error) { try reader.summary(campaign: "x") }
                #expect(throws: error) { try reader.forEachReject(campaign: "x") { _ in } }
            }
        }

        /// Six contacts: accepted, refused, in doubt, accepted on the second attempt, under way, not sent.
        private func withRun(_ body: (StoreReader) throws -> Void) async throws {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 6)
                try await database.opened { store in
                    _ = try await store.begin(Sample.start())
                    let calls = try await store.claim(4)
                    let refused = CallReply(verdict: .refused, httpStatus: 400, error: "no")
                    try await store.record([
                        Sample.accepted(calls[0]), Sample.result(calls[1], refused, .failed(.refused)),
                        Sample.result(calls[2], CallReply(verdict: .inDoubt(.noReply)), .inDoubt(.noReply)),
                        Sample.retry(calls[3], after: .seconds(3)),
                    ])
                    let fifth = try await store.claim(1)
                    let again = try await store.commit(Sample.batch(claims: 2, at: Sample.later(5))).calls
                    let second = try #require(again.first { $0.phone == calls[3].phone })
                    #expect(fifth.count == 1 && again.count == 2)
                    let sixth = try #require(again.first { $0.phone != calls[3].phone })
                    try await store.record([
                        Sample.accepted(second),
                        Sample.result(sixth, CallReply(verdict: .notSent), .retry(after: .zero, counts: .nothing)),
                    ])
                    try body(database.reader())
                }
            }
        }
    }
}
