import CampaignCore
import CampaignStore
import Testing

extension StoreTests {
    @Suite struct GateTests {
        @Test func `one transaction defers a thousand at most, and says that the next is due now`() async throws {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 2500)
                let gate = NobodyBefore(opensAt: Sample.later(100))
                try await database.opened { store in
                    _ = try await store.begin(Sample.start())
                    var deferred: [Int] = []
                    var rests: [RemainingContacts?] = []
                    for _ in 0..<4 {
                        let commit = try await store.commit(Sample.batch(claims: 3, gate: gate))
                        #expect(commit.calls.isEmpty)
                        deferred.append(commit.deferred)
                        rests.append(commit.rest)
                    }
                    #expect(deferred == [1000, 1000, 500, 0])
                    let due = try #require(rests[1])
                    #expect(due == .dueAt(.epoch) || due == .dueAt(Sample.now))
                    #expect(rests[3] == .dueAt(Sample.later(100)))
                }
            }
        }

        @Test func `the last turn counts as far as the window of now confirms it`() async throws {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 3)
                let gate = NobodyBefore(opensAt: Sample.later(1000))
                try await database.opened { store in
                    _ = try await store.begin(Sample.start())
                    #expect(try await store.commit(Sample.batch(claims: 3, gate: gate)).deferred == 3)
                }
                var rules = TurnRules(now: Sample.later(10), limitNow: Sample.later(10))
                #expect(try database.reader().lastTurn(campaign: Sample.name, rules) == nil)
                rules.gate = gate
                #expect(try database.reader().lastTurn(campaign: Sample.name, rules) == Sample.later(1000))
                rules.gate = NobodyBefore(opensAt: Sample.later(500))
                #expect(try database.reader().lastTurn(campaign: Sample.name, rules) == Sample.later(500))
                rules.now = Sample.later(40)
                #expect(try database.reader().lastTurn(campaign: Sample.name, rules) == Sample.later(500))
            }
        }

        @Test(arguments: [-300, 300])
        func `turns follow the wall clock when it is set`(step: Int) async throws {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 3)
                let gate = NobodyBefore(opensAt: Sample.later(1000))
                try await database.opened { store in
                    _ = try await store.begin(Sample.start())
                    for _ in 0..<2 { _ = try await store.commit(Sample.batch(claims: 3, gate: gate)) }
                    var batch = Sample.batch(claims: 3, at: Sample.later(10 + step), gate: gate)
                    batch.common.limitNow = Sample.later(10)
                    _ = try await store.commit(batch)
                    #expect(try await store.commit(batch).rest == .dueAt(Sample.later(1000 - step)))
                }
            }
        }

        @Test func `a phone that rings until the window shuts is left out, and its contact stays for another`()
            async throws
        {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 4)
                let gate = Closing(at: Sample.later(100), reopens: Sample.later(1000))
                try await database.opened { store in
                    _ = try await store.begin(Sample.start())
                    var batch = Sample.batch(claims: 3, gate: gate)
                    batch.claims = [0, 1, 0]
                    batch.backlogs = [0: .seconds(200), 1: .seconds(50)]
                    let commit = try await store.commit(batch)
                    #expect(try commit.calls.map(\.phone) == [Sample.phone(0)])
                    #expect(commit.calls.map(\.instance) == [1])
                    #expect(commit.full == [0: Sample.later(1000)] && commit.deferred == 0)
                    #expect(try await store.claim(9).count == 3)
                }
            }
        }

        @Test func `a call is found behind thousands that have to wait, and none of them is called`() async throws {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 3000)
                let last = try Sample.phone(2999)
                let gate = AllBut(last, opensAt: Sample.later(100))
                try await database.opened { store in
                    _ = try await store.begin(Sample.start())
                    var calls: [ClaimedCall] = []
                    for _ in 0..<4 { calls += try await store.commit(Sample.batch(claims: 8, gate: gate)).calls }
                    #expect(calls.map(\.phone) == [last])
                }
            }
        }

        @Test func `blocked contacts are excluded and those that have to wait are deferred, however they are mixed`()
            async throws
        {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 12)
                let blocked = try [1, 2, 5, 7].map { try Sample.phone($0) }
                try await database.opened { store in
                    _ = try await store.block(now: Sample.now) { writer in
                        for phone in blocked { try writer.add(phone, reason: "") }
                    }
                }
                try database.change("UPDATE contact_row SET state = 'ready', reason = NULL")
                try await database.opened { store in
                    _ = try await store.begin(Sample.start())
                    let gate = EveryOther(opensAt: Sample.later(100))
                    let commit = try await store.commit(Sample.batch(claims: 2, gate: gate))
                    #expect(try commit.calls.map(\.phone) == [3, 9].map { try Sample.phone($0) })
                    #expect(commit.excluded == 3)
                    #expect(
                        try await store.commit(Sample.batch(claims: 9, gate: gate)).calls.map(\.phone.value) == [
                            5_511_990_000_011
                        ])
                }
                let counts = try database.reader().counts(campaign: Sample.name)
                #expect(counts.excluded == 3 && counts.dialing == 3 && counts.ready == 6)
            }
        }

        @Test func `thousands that an earlier run deferred become due, piece by piece, once the window is removed`()
            async throws
        {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 2500)
                try await database.opened { store in
                    _ = try await store.begin(Sample.start())
                    let gate = NobodyBefore(opensAt: Sample.later(100))
                    for _ in 0..<3 { _ = try await store.commit(Sample.batch(claims: 1, gate: gate)) }
                }
                try await database.opened { store in
                    _ = try await store.begin(Sample.start())
                    var calls: [PhoneNumber] = []
                    for _ in 0..<5 { calls += try await store.claim(2000).map(\.phone) }
                    #expect(try calls == (0..<2500).map { try Sample.phone($0) })
                }
            }
        }
    }
}

/// Makes everyone wait except one.
private struct AllBut: ClaimGate {
    let exempt: PhoneNumber
    let opensAt: Timestamp

    init(_ exempt: PhoneNumber, opensAt: Timestamp) {
        self.exempt = exempt
        self.opensAt = opensAt
    }

    func opening(of phone: PhoneNumber, at now: Timestamp) -> Timestamp? {
        phone == exempt || now >= opensAt ? nil : opensAt
    }
}

/// Lets nobody be called from a moment to another.
private struct Closing: ClaimGate {
    let at: Timestamp
    let reopens: Timestamp

    func opening(of phone: PhoneNumber, at now: Timestamp) -> Timestamp? {
        now >= at && now < reopens ? reopens : nil
    }
}
