import CampaignCore
import CampaignStore
import Testing

extension StoreTests {
    @Suite struct RetryTests {
        /// Each state with each of its reasons, one contact after another.
        private static let standings: [(state: CallState, reason: String?)] =
            [(.ready, nil), (.dialing, nil), (.accepted, nil), (.accepted, CampaignStore.confirmedReason)]
            + FailureReason.allCases.map { (.failed, $0.rawValue) }
            + DoubtReason.allCases.map { (.inDoubt, $0.rawValue) }
            + ExclusionReason.allCases.map { (.excluded, $0.rawValue) }

        @Test func `of all states and reasons only what has not rung is requeued, with all its attempts`() async throws
        {
            try await withEveryStanding { database in
                let totals = try await database.opened {
                    try await $0.retry(campaign: Sample.name, where: try filter("attempts >= 0"))
                }
                let goesBack = FailureReason.allCases.count + ExclusionReason.allCases.count - 2
                #expect(totals.requeued == goesBack)
                #expect(totals.refused == [.sameWhatsApp: 1, .held: 1])
                for (index, standing) in Self.standings.enumerated() {
                    let phone = try Sample.phone(index)
                    let contact = try #require(
                        try database.reader().details(of: phone, campaign: Sample.name).contact)
                    let isRequeued =
                        standing.state == .failed
                        || standing.state == .excluded
                            && !["same_whatsapp", "held"].contains(standing.reason)
                    #expect(contact.state == (isRequeued ? .ready : standing.state), "\(standing)")
                    #expect(contact.reason == (isRequeued ? nil : standing.reason), "\(standing)")
                    #expect(contact.attempts == 3)
                }
                #expect(
                    try database.text(
                        """
                        SELECT group_concat(DISTINCT due_at || ' ' || tries_used || ' ' || throttles_in_a_row)
                        FROM contact WHERE state = 'ready' AND id > 1
                        """) == "0 0 0")
                #expect(try database.reader().counts(campaign: Sample.name).total == Self.standings.count)
                #expect(try database.reader().counts(campaign: Sample.name).ready == goesBack + 1)
            }
        }

        @Test func `a number on the do-not-call list is never requeued, in whatever form it is listed`() async throws {
            try await withEveryStanding { database in
                // The last contact is known to WhatsApp by a number of its own, which is on the list; the others by theirs.
                let other = try Sample.phone(1000)
                let last = Self.standings.count - 1
                try database.change(
                    """
                    INSERT INTO contact_identity SELECT 1, \(other.identity), \(last + 1);
                    INSERT INTO block SELECT identity, phone, '', 0 FROM contact WHERE id <= \(last);
                    INSERT INTO block VALUES (\(other.identity), \(other.value), '', 0)
                    """)
                let totals = try await database.opened {
                    try await $0.retry(campaign: Sample.name, where: try filter("attempts >= 0"))
                }
                #expect(totals.requeued == 0)
                #expect(totals.refused == [.doNotCall: FailureReason.allCases.count + ExclusionReason.allCases.count])
                #expect(try database.reader().counts(campaign: Sample.name).ready == 1)
            }
        }

        @Test func `a preview says what would happen and changes nothing`() async throws {
            try await withEveryStanding { database in
                let before = try database.reader().summary(campaign: Sample.name)
                let preview = try database.reader().retryPreview(
                    campaign: Sample.name, where: try filter("state != ready"), showing: 2)
                #expect(preview.chosen == Self.standings.count - 1)
                #expect(preview.retryable == FailureReason.allCases.count + ExclusionReason.allCases.count - 2)
                #expect(
                    preview.refused == [
                        .notFinished: 1, .called: 2, .inDoubt: DoubtReason.allCases.count, .sameWhatsApp: 1, .held: 1,
                    ])
                #expect(preview.first.map(\.reason) == ["refused", "attempts_used_up"])
                #expect(try database.reader().summary(campaign: Sample.name) == before)
            }
        }

        @Test func `only matching contacts are requeued, page by page, and only in their campaign`() async throws {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 1700)
                try await database.fill(contacts: 5, campaign: "outra")
                try database.change(
                    "UPDATE contact_row SET state = 'failed', reason = 'refused', attempts = 1, due_at = id % 7")
                let meant = (0..<1700).filter { $0.isMultiple(of: 3) }
                let phones = try meant.map { try Sample.phone($0).text }.joined(separator: ", ")
                let totals = try await database.opened {
                    try await $0.retry(campaign: Sample.name, where: try filter("phone in (\(phones))"))
                }
                #expect(totals.requeued == meant.count)
                var ready: [PhoneNumber] = []
                try database.reader().forEachContact(campaign: Sample.name, in: [.ready]) { ready.append($0.phone) }
                #expect(try ready == meant.map { try Sample.phone($0) })
                #expect(try database.reader().counts(campaign: "outra").failed == 5)
            }
        }

        @Test
        func `requeued contacts are dialed as if for the first time, and numbers without WhatsApp are checked again`()
            async throws
        {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 2)
                try await database.opened { store in
                    _ = try await store.begin(Sample.start())
                    let refused = CallReply(verdict: .refused, httpStatus: 400, error: "no")
                    try await store.record(
                        try await store.claim(1).map { Sample.result($0, refused, .failed(.refused)) })
                    _ = try await store.noteWhatsApp(
                        campaign: Sample.name, answers: [(contact: 2, answer: .absent)], now: Sample.now)
                    #expect(try await store.claim(2).isEmpty)
                    let totals = try await store.retry(
                        campaign: Sample.name, where: try filter("httpStatus = 400 or reason = no_whatsapp"))
                    #expect(totals.requeued == 2)
                    let unchecked = try database.reader().uncheckedContacts(
                        campaign: Sample.name, after: 0, limit: 5)
                    #expect(unchecked.map(\.id) == [1, 2])
                    let calls = try await store.claim(2)
                    #expect(calls.map(\.attempt.number) == [2, 1] && calls.map(\.triesUsed) == [0, 0])
                }
                #expect(try database.text("SELECT count(*) FROM attempt WHERE error = 'no'") == "1")
            }
        }

        @Test func `a filter resolves the doubts that it matches, and nothing else`() async throws {
            try await withEveryStanding { database in
                try await database.opened { store in
                    let done = try await store.resolve(
                        campaign: Sample.name, .matching(try filter("reason = no_reply or state = failed")),
                        as: .notCalled)
                    #expect(done.resolved.count == 1 && done.notInDoubt.isEmpty)
                }
                let counts = try database.reader().counts(campaign: Sample.name)
                #expect(counts.inDoubt == DoubtReason.allCases.count - 1)
                #expect(counts.failed == FailureReason.allCases.count && counts.ready == 2)
            }
        }

        @Test func `a doubt is found by every form of its number`() async throws {
            try await withEveryStanding { database in
                let doubt = try #require(Self.standings.firstIndex { $0.state == .inDoubt })
                let other = try Sample.phone(1000)
                try database.change("INSERT INTO contact_identity SELECT 1, \(other.identity), \(doubt + 1)")
                let done = try await database.opened {
                    try await $0.resolve(campaign: Sample.name, .numbers([other]), as: .called)
                }
                #expect(done.resolved == [try Sample.phone(doubt)] && done.notInDoubt.isEmpty)
            }
        }

        @Test func `contacts that were forgotten are shown beforehand as what they are`() async throws {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 3)
                try await database.opened { store in
                    _ = try await store.begin(Sample.start())
                    let calls = try await store.claim(2)
                    try await store.record(calls.map { CallEnd.refused(.number).result(of: $0) })
                    try await store.leave(RunDeparture(campaign: 0, staysActive: false))
                    #expect(try database.reader().summary(campaign: Sample.name).failedAndForgotten == 0)
                    for index in [0, 2] {
                        _ = try await store.forget(Sample.phone(index), blocks: false, now: Sample.now)
                    }
                    // The one that waited is on the do-not-call list, too.
                    let filter = try filter("attempts >= 0")
                    let reader = try database.reader()
                    let preview = try reader.retryPreview(campaign: Sample.name, where: filter, showing: 9)
                    #expect(preview.retryable == 1 && preview.refused == [.forgotten: 2])
                    #expect(try preview.first.map(\.phone) == [Sample.phone(1)])
                    #expect(try reader.summary(campaign: Sample.name).failedAndForgotten == 1)
                    let totals = try await store.retry(campaign: Sample.name, where: filter)
                    #expect(totals.requeued == 1 && totals.refused == [.forgotten: 2])
                }
            }
        }

        private func filter(_ text: String) throws -> ContactFilter {
            try ContactFilter(
                parsing: text,
                FilterContext(columns: ["telefone"], phones: PhoneReader(), utcOffset: { _ in 0 }))
        }

        /// A campaign with one contact for each state and reason, after three attempts that are not recorded.
        private func withEveryStanding(_ body: (TemporaryDatabase) async throws -> Void) async throws {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: Self.standings.count)
                let changes = Self.standings.enumerated().map { index, standing in
                    """
                    UPDATE contact_row SET state = '\(standing.state.rawValue)', attempts = 3, tries_used = 2,
                        throttles_in_a_row = 1, due_at = 77, reason = \(standing.reason.map { "'\($0)'" } ?? "NULL")
                    WHERE id = \(index + 1)
                    """
                }
                try database.change(changes.joined(separator: ";\n"))
                try await body(database)
            }
        }
    }
}
