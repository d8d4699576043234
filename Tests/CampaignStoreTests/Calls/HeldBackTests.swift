import CampaignCore
import GRDB
import Testing

@testable import CampaignStore

extension StoreTests {
    /// Contacts that their list holds back.
    @Suite struct HeldBackTests {
        private static let release = Sample.later(3600)

        /// A row of a list in UTC; `seconds` after ``Sample/now`` it may be called.
        private static func row(_ index: Int, heldFor seconds: Int?, audio: String? = nil) throws -> ListRow {
            let phone = try Sample.phone(index)
            var contact = ListContact(phone: phone, callDuration: nil, own: [phone.text])
            let time = seconds.map { seconds in
                let minutes = Int(Sample.now.milliseconds / 60_000) + seconds / 60
                return LocalTime(day: minutes / 1440, minute: minutes % 1440, offset: 0)
            }
            contact.wishes = ContactWishes(callAudioURL: audio, notBefore: time)
            return .contact(contact)
        }

        private static func fill(_ database: TemporaryDatabase, _ rows: [ListRow]) async throws {
            try await database.opened { store in
                _ = try await store.importLists(campaign: Sample.name, file: "c.yml", database.importRules()) {
                    writer in
                    try writer.beginList(file: "lista.csv", columns: ["telefone"])
                    for row in rows { try writer.add(row) }
                }
            }
        }

        /// A campaign of six: the first, third and fifth are held back.
        private static func fill(_ database: TemporaryDatabase) async throws {
            try await fill(database, try (0..<6).map { try row($0, heldFor: $0.isMultiple(of: 2) ? 3600 : nil) })
        }

        @Test(arguments: ImportManner.allCases, [false, true])
        func `whoever is held back is passed over until then, with or without a window`(
            _ manner: ImportManner, hasGate: Bool
        ) async throws {
            let gate = hasGate ? NobodyBefore(opensAt: Sample.later(-1)) : nil
            try await TemporaryDatabase.with(manner) { database in
                try await Self.fill(database)
                try await database.opened { store in
                    _ = try await store.begin(Sample.start())
                    let commit = try await store.commit(Sample.batch(claims: 6, gate: gate))
                    #expect(try commit.calls.map(\.phone) == [1, 3, 5].map { try Sample.phone($0) })
                    #expect(commit.deferred == 3)
                    let none = try await store.commit(Sample.batch(claims: 6, at: Sample.later(3599), gate: gate))
                    #expect(none.calls.isEmpty && none.rest == .dueAt(Self.release))
                    let rest = try await store.commit(Sample.batch(claims: 6, at: Self.release, gate: gate))
                    #expect(try rest.calls.map(\.phone) == [0, 2, 4].map { try Sample.phone($0) })
                }
            }
        }

        @Test func `the later of the window and the list counts`() async throws {
            for (opens, due) in [(7200, 7200), (60, 3600)] {
                try await TemporaryDatabase.with { database in
                    try await Self.fill(database, [try Self.row(0, heldFor: 3600)])
                    try await database.opened { store in
                        _ = try await store.begin(Sample.start())
                        let gate = NobodyBefore(opensAt: Sample.later(opens))
                        let commit = try await store.commit(Sample.batch(claims: 1, gate: gate))
                        let again = try await store.commit(Sample.batch(claims: 1, gate: gate))
                        #expect(commit.calls.isEmpty && again.rest == .dueAt(Sample.later(due)))
                    }
                }
            }
        }

        @Test func `what brings a contact's turn forward does not let it be called sooner`() async throws {
            try await TemporaryDatabase.with { database in
                try await Self.fill(database)
                try await database.opened { store in
                    _ = try await store.begin(Sample.start())
                    #expect(try await store.claim(6).count == 3)
                    try await store.leave()
                }
                try await database.opened { store in
                    // Cancelled and put back: their turn is now.
                    _ = try await store.cancel(campaign: Sample.name)
                    #expect(try await store.retry(campaign: Sample.name, where: .state(.excluded)).requeued == 3)
                    _ = try await store.begin(Sample.start())
                    for seconds in [0, 1800, 3599] {
                        #expect(try await store.claim(6, at: Sample.later(seconds)).isEmpty)
                    }
                    #expect(try await store.claim(6, at: Self.release).count == 3)
                }
            }
        }

        @Test func `the next run keeps them back, and so does one without a window`() async throws {
            try await TemporaryDatabase.with { database in
                try await Self.fill(database)
                for gate in [
                    NobodyBefore(opensAt: Sample.later(9000)), nil, NobodyBefore(opensAt: Sample.later(60)), nil,
                ] {
                    try await database.opened { store in
                        _ = try await store.begin(Sample.start())
                        for _ in 0..<3 {
                            let calls = try await store.commit(
                                Sample.batch(claims: 6, at: Sample.later(90), gate: gate)
                            ).calls
                            #expect(try calls.allSatisfy { try [1, 3, 5].map(Sample.phone).contains($0.phone) })
                        }
                        try await store.leave()
                    }
                }
                try await database.opened { store in
                    _ = try await store.begin(Sample.start())
                    #expect(try await store.claim(6, at: Self.release).count == 3)
                }
            }
        }

        @Test func `the wall clock decides, however far the clock of the limits is`() async throws {
            try await TemporaryDatabase.with { database in
                try await Self.fill(database, [try Self.row(0, heldFor: 3600)])
                try await database.opened { store in
                    _ = try await store.begin(Sample.start())
                    func commit(wall: Int, limit: Int) async throws -> CampaignCommit {
                        var batch = Sample.batch(claims: 1, at: Sample.later(wall))
                        batch.common.limitNow = Sample.later(limit)
                        return try await store.commit(batch)
                    }
                    #expect(try await commit(wall: 0, limit: 9999).calls.isEmpty)
                    #expect(try await commit(wall: 3599, limit: 99_999).calls.isEmpty)
                    #expect(try await commit(wall: 3600, limit: 100_000).calls.count == 1)
                }
            }
        }

        @Test func `thousands that are held back do not keep anybody else waiting`() async throws {
            try await TemporaryDatabase.with { database in
                try await Self.fill(
                    database, try (0..<2500).map { try Self.row($0, heldFor: $0 == 2400 ? nil : 3600 + $0 % 7 * 60) })
                try await database.opened { store in
                    _ = try await store.begin(Sample.start())
                    var calls: [ClaimedCall] = []
                    for _ in 0..<4 { calls += try await store.claim(8) }
                    #expect(try calls.map(\.phone) == [Sample.phone(2400)])
                }
                let held = try database.reader().heldBack(campaign: Sample.name, at: Sample.now)
                #expect(held.map(\.contacts) == [2499])
                #expect(held.first?.first == Sample.later(3600) && held.first?.last == Sample.later(3960))
            }
        }

        @Test func `only waiting contacts are held back, those of a quarter of an hour together`() async throws {
            try await TemporaryDatabase.with { database in
                let times = [60, 120, 7200, 7260, nil, 60]
                try await Self.fill(database, try times.enumerated().map { try Self.row($0, heldFor: $1) })
                try await database.opened { store in
                    _ = try await store.block(now: Sample.now) { try $0.add(Sample.phone(5), reason: "") }
                }
                let reader = try database.reader()
                let held = try reader.heldBack(campaign: Sample.name, at: Sample.now)
                #expect(held.map(\.contacts) == [2, 2])
                #expect(held.map(\.first) == [Sample.later(60), Sample.later(7200)])
                #expect(held.map(\.last) == [Sample.later(120), Sample.later(7260)])
                #expect(try reader.heldBack(campaign: Sample.name, at: Sample.later(7200)).map(\.contacts) == [1])
                #expect(try reader.heldBack(campaign: Sample.name, at: Sample.later(7260)) == [])
            }
        }

        @Test func `a claim has the contact's own sound`() async throws {
            try await TemporaryDatabase.with { database in
                let sounds = ["https://example.com/a.mp3?x=é", nil, "https://example.com/b.mp3"]
                try await Self.fill(
                    database, try sounds.enumerated().map { try Self.row($0, heldFor: nil, audio: $1) })
                try await database.opened { store in
                    _ = try await store.begin(Sample.start())
                    #expect(try await store.claim(3).map(\.callAudioURL) == sounds)
                }
                let details = try database.reader().details(of: try Sample.phone(2), campaign: Sample.name)
                #expect(details.callAudioURL == sounds[2] && details.notBefore == nil)
            }
        }

        @Test func `lists with and without such columns go into one campaign, row by row`() async throws {
            try await TemporaryDatabase.with { database in
                // More than one statement of many rows, and some single ones.
                try await Self.fill(
                    database, try (0..<70).map { try Self.row($0, heldFor: $0 % 3 == 0 ? 60 * $0 : nil) })
                try await database.fill(phones: try (70..<140).map(Sample.phone))
                let rows = try database.rows("SELECT phone, not_before FROM contact ORDER BY id")
                #expect(rows.count == 140)
                for (index, row) in rows.enumerated() {
                    let isHeld = index < 70 && index % 3 == 0
                    #expect(Int64.fromDatabaseValue(row[0]) == 5_511_990_000_000 + Int64(index))
                    #expect(
                        Int64.fromDatabaseValue(row[1])
                            == (isHeld ? Sample.now.milliseconds / 60_000 * 60_000 + Int64(index) * 60_000 : nil))
                }
            }
        }

        @Test func `a number that comes again keeps what it had`() async throws {
            try await TemporaryDatabase.with { database in
                try await Self.fill(database, [try Self.row(0, heldFor: 3600, audio: "https://a.example/")])
                try await Self.fill(database, [try Self.row(0, heldFor: 60, audio: "https://b.example/")])
                let details = try database.reader().details(of: try Sample.phone(0), campaign: Sample.name)
                #expect(details.callAudioURL == "https://a.example/" && details.notBefore == Self.release)
            }
        }

        @Test func `whether anybody is held back is one look at an index`() async throws {
            try await TemporaryDatabase.with { database in
                try await Self.fill(database)
                let plan = try database.rows(
                    "EXPLAIN QUERY PLAN SELECT 1 FROM contact_row WHERE campaign_id = 1 AND not_before > 2 LIMIT 1")
                #expect(plan.count == 1)
                let step = plan.first?.last.flatMap { String.fromDatabaseValue($0) } ?? ""
                #expect(step.contains("contact_held_back (campaign_id=? AND not_before>?)"), "\(step)")
                let counted = try database.rows(
                    """
                    EXPLAIN QUERY PLAN SELECT min(not_before), max(not_before), count(*) FROM contact
                    WHERE campaign_id = 1 AND not_before > 2 AND +state = 'ready' GROUP BY not_before / 900000 ORDER BY 1
                    """)
                #expect("\(counted)".contains("contact_held_back (campaign_id=? AND not_before>?)"), "\(counted)")
            }
        }
    }
}
