import CampaignCore
import Testing

@testable import CampaignStore

extension StoreTests {
    /// Rows with several numbers: one contact each, and whoever must not be called by one number is not called by any.
    @Suite struct SeveralPhonesTests {
        private static let start = Sample.start { $0.fallsBack = true }

        @Test(arguments: ImportManner.allCases)
        func `a row is one contact, which gets the further numbers of its duplicates`(_ manner: ImportManner)
            async throws
        {
            try await TemporaryDatabase.with(manner) { database in
                let rows = [[0, 1, 2], [3], [0, 4], [5, 1], [6, 6, 7], [8], [9, 8]]
                let totals = try await database.fill(rows: rows)
                #expect(totals.map(\.accepted) == [6] && totals.map(\.repeated) == [1])
                #expect(
                    try database.numbers() == [
                        "1 0 0", "1 1 1", "1 2 2", "1 3 4", "4 0 5", "4 1 1", "5 0 6", "5 1 7", "7 0 9", "7 1 8",
                    ])
                #expect(try database.lines("SELECT count(*) FROM contact_identity") == ["6"])
                // A list that comes again is about the first numbers.
                let again = try await database.fill(rows: rows + [[1]])
                #expect(again.map(\.accepted) == [1] && again.map(\.alreadyInCampaign) == [7])
                #expect(try database.reader().examine() == [])
            }
        }

        @Test func `what a killed import has left of them is removed`() async throws {
            try await TemporaryDatabase.with(.besideRun) { database in
                try await database.fill(rows: [[0, 1]])
                try await database.opened { store in
                    struct Stop: Error {}
                    await #expect(throws: Stop.self) {
                        try await store.importLists(
                            campaign: Sample.name, file: "c.yml", database.importRules()
                        ) { writer in
                            try writer.beginList(file: "outra.csv", columns: ["telefone"])
                            for index in 10..<20 {
                                var contact = ListContact(phone: try Sample.phone(index), callDuration: nil, own: [""])
                                contact.further = [try Sample.phone(index + 100)]
                                try writer.add(.contact(contact))
                            }
                            throw Stop()
                        }
                    }
                }
                #expect(try database.numbers() == ["1 0 0", "1 1 1"])
            }
        }

        enum Moment: CaseIterable { case before, later, laterInSlices, atTurn, atTurnHeld, byReply, heldByReply, asked }

        @Test(arguments: Moment.allCases)
        func `somebody who must not be called by one number is not called by another, in any campaign`(_ moment: Moment)
            async throws
        {
            try await TemporaryDatabase.with { database in
                func block(_ store: CampaignStore) async throws {
                    _ = try await store.block(now: Sample.now) { try $0.add(Sample.phone(1), reason: "") }
                }
                if moment == .before { try await database.opened(block) }
                // 0 has 1 too; 5 is called by its own number; 1 is a number of 0's row, and 2 stands beside 1.
                let totals = try await database.fill(rows: [[0, 1, 2], [5]])
                try await database.fill(rows: [[2], [6], [1]], campaign: "outra")
                if moment == .before { #expect(totals.map(\.blocked) == [1]) }
                try await database.opened { store in
                    var effects: [EventEffect] = []
                    let phone = try Sample.phone(1)
                    switch moment {
                    case .before: break
                    case .later: try await block(store)
                    case .laterInSlices:
                        _ = try await store.block(now: Sample.now) { list in
                            for index in [1] + Array(1000..<1300) { try list.add(Sample.phone(index), reason: "") }
                        }
                    case .atTurn:
                        try await store.change("INSERT INTO block VALUES (\(phone.identity), \(phone.value), '', 0)")
                    case .atTurnHeld:
                        try await store.receive(CallEvent(Sample.text("me deixa em paz"), phone: phone))
                        try await store.change(
                            "UPDATE contact_row SET state = 'ready', reason = NULL WHERE state = 'excluded'")
                    case .byReply:
                        effects = try await store.receive(CallEvent(Sample.text("sair"), phone: phone)).effects
                    case .heldByReply:
                        effects = try await store.receive(CallEvent(Sample.text("me deixa em paz"), phone: phone))
                            .effects
                    case .asked:
                        let reply = try await store.receive(CallEvent(Sample.text("me deixa em paz"), phone: phone))
                        #expect(reply.isNew)
                        let decided = try await store.decide(reply: 1, as: .blocked, by: "me", now: Sample.now)
                        effects = decided?.effects ?? []
                    }
                    if !effects.isEmpty {
                        // Calls that have been claimed are held back.
                        let stopped: [Bool] = try [0, 1, 2, 5].map { index in
                            let identity = try Sample.phone(index).identity
                            return effects.contains(.mustNotBeCalled(identity: identity))
                        }
                        #expect(stopped == [true, true, true, false])
                    }
                    _ = try await store.begin(Self.start)
                    _ = try await store.begin(Sample.otherStart())
                    let turn = Sample.turn(
                        CampaignBatch(campaign: 0, claims: [0, 0, 0]), CampaignBatch(campaign: 1, claims: [1, 1, 1]))
                    let calls = try await store.commit(turn).campaigns.map { $0.calls.map(\.phone) }
                    #expect(try calls == [[Sample.phone(5)], [Sample.phone(6)]])
                    let isHeld = moment == .heldByReply || moment == .atTurnHeld
                    let reason = isHeld ? "held" : "do_not_call"
                    let others = try database.dialed().filter { !$0.hasSuffix("dialing") }
                    #expect(others == ["0 excluded \(reason)", "2 excluded \(reason)", "1 excluded \(reason)"])
                    // And it ends with what stops them.
                    if isHeld {
                        let decided = try await store.decide(reply: 1, as: .dismissed, by: "me", now: Sample.now)
                        #expect(decided?.totals.ready == 3)
                    } else {
                        let undone = try await store.unblock([Sample.phone(1)], requeues: true)
                        #expect(undone.excluded == 3 && undone.requeued == 3)
                    }
                    #expect(try database.dialed().count { $0.hasSuffix("ready") } == 3)
                    #expect(try database.reader().examine() == [])
                }
            }
        }

        @Test func `one number that still stops them is enough`() async throws {
            try await TemporaryDatabase.with { database in
                try await database.fill(rows: [[0, 1, 2]])
                try await database.opened { store in
                    _ = try await store.block(now: Sample.now) {
                        for index in [1, 2] { try $0.add(Sample.phone(index), reason: "") }
                    }
                    #expect(try await store.unblock([Sample.phone(1)], requeues: true).requeued == 0)
                    #expect(try database.dialed() == ["0 excluded do_not_call"])
                    let preview = try store.reader().retryPreview(
                        campaign: Sample.name, where: .state(.excluded), showing: 1)
                    #expect(preview.groups.map(\.refusal) == [.doNotCall])
                    let retried = try await store.retry(campaign: Sample.name, where: .state(.excluded))
                    #expect(retried.refused == [.doNotCall: 1])
                    #expect(try await store.unblock([Sample.phone(2)], requeues: true).requeued == 1)
                }
            }
        }

        @Test func `a call under way is held back when another number of its row is blocked`() async throws {
            try await TemporaryDatabase.with { database in
                try await database.fill(rows: [[0, 1], [2]])
                try await database.opened { store in
                    _ = try await store.begin(Self.start)
                    _ = try await store.claim(2)
                    _ = try await store.block(now: Sample.now) { try $0.add(Sample.phone(1), reason: "") }
                    #expect(try store.reader().blockedWhileDialing() == [Sample.phone(0).identity])
                    // Nothing but that number is on the list: the others may be somebody else's, too.
                    #expect(try database.lines("SELECT identity - 5511990000000 FROM block") == ["1"])
                }
            }
        }

        @Test func `two people with a phone in common are two people, and it rings once`() async throws {
            try await TemporaryDatabase.with { database in
                try await database.fill(rows: [[0, 9], [1, 9]])
                try await database.opened { store in
                    _ = try await store.begin(
                        Sample.start {
                            $0.fallsBack = true
                            $0.perPerson = PersonLimit(quota: PersonLimit.Quota(calls: 1, per: .seconds(86_400)))
                        })
                    try await store.callNext(.refused(.number))
                    #expect(try await store.callNext(.accepted)?.phone == Sample.phone(9))
                    #expect(try await store.callNext(.refused(.number))?.phone == Sample.phone(1))
                    #expect(try database.dialed() == ["9 accepted", "1 failed refused"])
                    #expect(try database.attempts() == [0, 9, 1].map(Sample.phone))
                }
            }
        }

        @Test func `whoever opts out by a number of their own does not speak for others at the same phone`()
            async throws
        {
            try await TemporaryDatabase.with { database in
                try await database.fill(rows: [[0, 9], [1, 9], [9]])
                try await database.opened { store in
                    _ = try await store.begin(Self.start)
                    try await store.receive(CallEvent(Sample.text("sair"), phone: Sample.phone(0)))
                    // The phone at home is theirs as well, so it is not rung; the other's own phone is.
                    #expect(
                        try database.dialed() == ["0 excluded do_not_call", "1 ready", "9 excluded do_not_call"])
                    #expect(try database.lines("SELECT identity - 5511990000000 FROM block") == ["0"])
                    try await store.callNext(.refused(.number))
                    #expect(try database.dialed()[1] == "1 failed refused")
                }
            }
        }
    }
}
