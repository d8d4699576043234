import CampaignCore
import CampaignStore
import Testing

extension StoreTests {
    @Suite struct BlockTests {
        @Test func `a blocked number is excluded immediately, in every campaign, however it is written`() async throws {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 3)
                try await database.fill(contacts: 3, campaign: "outra")
                let without = try #require(PhoneNumber(value: 551_190_000_001))
                #expect(without.identity == (try Sample.phone(1)).identity)
                let totals = try await database.opened { store in
                    try await store.block(now: Sample.now) { try $0.add(without, reason: "pediu") }
                }
                #expect(totals.added == 1 && totals.known == 0 && totals.excluded == 2)
                for campaign in [Sample.name, "outra"] {
                    let counts = try database.reader().counts(campaign: campaign)
                    #expect(counts.excluded == 1 && counts.ready == 2)
                }
                #expect(
                    try database.text("SELECT DISTINCT reason FROM contact WHERE state = 'excluded'") == "do_not_call")
            }
        }

        @Test func `those who are being called while their number is blocked are found, in any form of it`()
            async throws
        {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 6)
                // WhatsApp had another form of the number, which the contact is known by too.
                let other = try Sample.phone(90)
                try database.change(
                    "INSERT INTO contact_identity SELECT campaign_id, \(other.identity), id FROM contact_row "
                        + "WHERE identity = \(try Sample.phone(2).identity)")
                try await database.opened { store in
                    _ = try await store.begin(Sample.start())
                    let calls = try await store.claim(4)
                    _ = try await store.block(now: Sample.now) { writer in
                        for number in [other, try Sample.phone(1), try Sample.phone(5)] {
                            try writer.add(number, reason: "asked")
                        }
                    }
                    let found = try store.reader().blockedWhileDialing()
                    #expect(try found == [Sample.phone(1).identity, Sample.phone(2).identity])
                    // Neither is called again, whatever their calls end with.
                    let results = calls.map { Sample.retry($0, after: .zero) }
                    let commit = try await store.commit(
                        Sample.batch(results: results, through: [0, 0, 0, 0, 0, 0], at: Sample.later(60)))
                    #expect(try Set(commit.calls.map(\.phone)) == Set([0, 3, 4].map { try Sample.phone($0) }))
                    #expect(commit.excluded == 2)
                }
            }
        }

        @Test func `a blocked number that is imported later is imported as excluded`() async throws {
            try await TemporaryDatabase.with { database in
                try await block([1], in: database)
                try await database.fill(contacts: 3)
                let counts = try database.reader().counts(campaign: Sample.name)
                #expect(counts.excluded == 1 && counts.ready == 2)
            }
        }

        @Test func `a blocked number is never claimed, whatever has made it ready again`() async throws {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 10)
                try await block([0, 1, 2, 3, 5], in: database)
                try database.change("UPDATE contact_row SET state = 'ready', reason = NULL")
                try await database.opened { store in
                    _ = try await store.begin(Sample.start())
                    let commit = try await store.commit(Sample.batch(claims: 3))
                    #expect(try commit.calls.map(\.phone) == [4, 6, 7].map { try Sample.phone($0) })
                    #expect(commit.excluded == 5)
                    #expect(try await store.claim(9).map(\.phone) == [8, 9].map { try Sample.phone($0) })
                }
                #expect(try database.reader().counts(campaign: Sample.name).excluded == 5)
            }
        }

        @Test(arguments: [nil, NobodyBefore(opensAt: .epoch)])
        func `many blocked contacts in a row are excluded over several commits, and nobody behind them is lost`(
            _ gate: NobodyBefore?
        ) async throws {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 2500)
                try database.change(
                    "INSERT INTO block SELECT identity, phone, '', 0 FROM contact WHERE id <= 2498")
                try await database.opened { store in
                    _ = try await store.begin(Sample.start())
                    var excluded: [Int] = []
                    while excluded.count < 9 {
                        let commit = try await store.commit(Sample.batch(claims: 8, gate: gate))
                        excluded.append(commit.excluded)
                        guard commit.calls.isEmpty else {
                            #expect(try commit.calls.map(\.phone) == [2498, 2499].map { try Sample.phone($0) })
                            break
                        }
                        #expect(commit.rest == .dueAt(.epoch) || commit.rest == .dueAt(Sample.now))
                    }
                    #expect(excluded == [1000, 1000, 498])
                }
            }
        }

        @Test func `a doubt about a blocked number that did not ring ends as excluded`() async throws {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 1)
                try await database.opened { store in
                    _ = try await store.begin(Sample.start())
                    _ = try await store.claim(1)
                }
                try await database.opened { store in
                    _ = try await store.begin(Sample.start())
                    let totals = try await store.block(now: Sample.now) { try $0.add(try Sample.phone(0), reason: "") }
                    #expect(totals.excluded == 0)
                    _ = try await store.resolve(campaign: Sample.name, .all, as: .notCalled)
                }
                #expect(try database.reader().counts(campaign: Sample.name).excluded == 1)
            }
        }

        @Test func `the list keeps its first reason and time, and is shown the latest first`() async throws {
            try await TemporaryDatabase.with { database in
                try await block([1], in: database, reason: "pediu")
                try await block([1, 2], in: database, reason: "Procon", at: Sample.later(60))
                var entries: [BlockEntry] = []
                try database.reader().forEachBlock { entries.append($0) }
                #expect(entries.map(\.reason) == ["Procon", "pediu"])
                #expect(entries.map(\.since) == [Sample.later(60), Sample.now])
                #expect(try database.reader().block(of: try Sample.phone(1))?.reason == "pediu")
                #expect(try database.reader().block(of: try Sample.phone(3)) == nil)
            }
        }

        @Test(arguments: [false, true])
        func `an unblocked contact stays excluded unless requeueing is requested`(_ requeues: Bool) async throws {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 3)
                try await block([1, 2], in: database)
                let numbers = try [1, 0].map { try Sample.phone($0) }
                let totals = try await database.opened { try await $0.unblock(numbers, requeues: requeues) }
                #expect(totals.removed == [numbers[0]] && totals.missing == [numbers[1]])
                #expect(totals.excluded == 1 && totals.requeued == (requeues ? 1 : 0))
                #expect(try database.reader().counts(campaign: Sample.name).ready == (requeues ? 2 : 1))
            }
        }

        private func block(
            _ indices: [Int], in database: TemporaryDatabase, reason: String = "", at now: Timestamp = Sample.now
        ) async throws {
            let numbers = try indices.map { try Sample.phone($0) }
            try await database.opened { store in
                _ = try await store.block(now: now) { writer in
                    for number in numbers { try writer.add(number, reason: reason) }
                }
            }
        }
    }
}
