import CampaignCore
import Testing

@testable import CampaignStore

extension StoreTests {
    /// A contact whose number is no use is called on the next phone of its row, if its campaign wants that.
    @Suite struct FallbackTests {
        private static let start = Sample.start { $0.fallsBack = true }

        struct End: Sendable {
            var end: CallEnd
            var event: DeliveryFailure?
            /// The contact afterwards.
            var contact: String
        }

        @Test(arguments: [
            End(end: .refused(.number), contact: "1 ready"),
            End(end: .refused(.call), contact: "0 failed refused"),
            End(end: .refused(.unknown), contact: "0 failed refused"),
            End(end: .refused(.gateway), contact: "0 failed refused"),
            End(end: .throttledTooOften, contact: "0 failed throttled_too_often"),
            End(end: .inDoubt, contact: "0 in_doubt no_reply"),
            End(end: .notSent, contact: "0 ready"),
            End(end: .accepted, contact: "0 accepted"),
            End(end: .accepted, event: .noWhatsApp, contact: "1 ready"),
            End(end: .accepted, event: .notQueued, contact: "0 failed not_queued"),
            End(end: .accepted, event: .unknown, contact: "0 in_doubt delivery_unknown"),
            End(end: .accepted, event: .rejectedByWhatsApp, contact: "0 failed rejected_by_whatsapp"),
            End(end: .accepted, event: .shadowBan, contact: "0 failed shadow_ban"),
            End(end: .accepted, event: .badAudio, contact: "0 failed bad_audio"),
            End(end: .accepted, event: .badRequest, contact: "0 failed bad_request"),
            End(end: .accepted, event: .other, contact: "0 failed other"),
        ])
        func `only a number that is no use is left for the next one`(_ row: End) async throws {
            for isWanted in [true, false] {
                try await TemporaryDatabase.with { database in
                    try await database.fill(rows: [[0, 1]])
                    try await database.opened { store in
                        _ = try await store.begin(isWanted ? Self.start : Sample.start())
                        try await store.callNext(row.end)
                        if let event = row.event {
                            try await store.receive(CallEvent(.deliveryFailed(event), ids: Sample.ids, error: "e"))
                        }
                    }
                    let stays = row.event == .noWhatsApp ? "0 failed no_whatsapp" : "0 failed refused"
                    #expect(
                        try database.dialed() == [!isWanted && row.contact.hasPrefix("1") ? stays : row.contact])
                    #expect(try database.reader().examine() == [])
                }
            }
        }

        @Test func `each number is dialed once, and the last one's reason stays`() async throws {
            try await TemporaryDatabase.with { database in
                try await database.fill(rows: [[0, 1, 2], [3]])
                try await database.opened { store in
                    _ = try await store.begin(Self.start)
                    try await store.callNext(.refused(.number))
                    #expect(try database.dialed() == ["1 ready", "3 ready"])
                    let second = try await store.callNext(.accepted)
                    #expect(try second?.phone == Sample.phone(1))
                    #expect(second?.attempt.number == 2 && second?.triesUsed == 0)
                    try await store.receive(CallEvent(.deliveryFailed(.noWhatsApp), ids: ["Z1.2"], error: "e"))
                    #expect(try await store.callNext(.refused(.number))?.phone == Sample.phone(2))
                    #expect(try database.dialed() == ["2 failed refused", "3 ready"])
                    #expect(try database.numbers() == ["1 0 0 refused", "1 1 1 no_whatsapp", "1 2 2"])
                    #expect(try database.attempts() == [0, 1, 2].map(Sample.phone))
                    #expect(try database.reader().examine() == [])
                    // A person has the last number dialed again.
                    #expect(try await store.retry(campaign: Sample.name, where: .state(.failed)).requeued == 1)
                    #expect(try database.dialed() == ["2 ready", "3 ready"])
                }
                let details = try database.reader().details(of: Sample.phone(0), campaign: Sample.name)
                #expect(details.numbers.map(\.ended) == ["refused", "no_whatsapp", nil])
                #expect(details.numbers.map(\.isCurrent) == [false, false, true])
                #expect(try details.attempts.map(\.phone) == [0, 1, 2].map(Sample.phone))
                try database.reader().forEachContact(campaign: Sample.name, in: [.ready]) { contact in
                    let last = try contact.phone == Sample.phone(2) ? Sample.phone(2) : nil
                    #expect(contact.last?.phone == last)
                }
            }
        }

        @Test func `a number that is not dialed yet is found by any of its row, and its last call names its own`()
            async throws
        {
            try await TemporaryDatabase.with { database in
                try await database.fill(rows: [[0, 1]])
                try await database.opened { store in
                    _ = try await store.begin(Self.start)
                    try await store.callNext(.refused(.number))
                }
                for index in [0, 1] {
                    let details = try database.reader().details(of: Sample.phone(index), campaign: Sample.name)
                    #expect(try details.contact?.phone == Sample.phone(1))
                    #expect(try details.attempts.map(\.phone) == [Sample.phone(0)])
                }
                try database.reader().forEachContact(campaign: Sample.name) { contact in
                    let phones = try [Sample.phone(1), Sample.phone(0)]
                    #expect([contact.phone, contact.last?.phone] == phones)
                }
            }
        }

        @Test func `a campaign is asked by what it last wanted, also by news that come while nobody dials it`()
            async throws
        {
            try await TemporaryDatabase.with { database in
                try await database.fill(rows: [[0, 1], [2, 3]])
                let noWhatsApp = { CallEvent(.deliveryFailed(.noWhatsApp), ids: [$0], error: "e") }
                try await database.opened { store in
                    _ = try await store.begin(Self.start)
                    try await store.record(try await store.claim(2).map { Sample.accepted($0) })
                    try await store.leave()
                    try await store.receive(noWhatsApp("Z1.1"), key: "1")
                    #expect(try database.dialed() == ["1 ready", "2 accepted"])
                }
                try await database.opened { store in
                    _ = try await store.begin(Sample.start())
                    try await store.receive(noWhatsApp("Z2.1"), key: "2")
                    #expect(try database.dialed() == ["1 ready", "2 failed no_whatsapp"])
                    // The number that is dialed by now stays.
                    #expect(try await store.callNext(.accepted)?.phone == Sample.phone(1))
                }
            }
        }

        @Test func `a spooled refusal is one, too`() async throws {
            try await TemporaryDatabase.with { database in
                try await database.fill(rows: [[0, 1]])
                try await database.opened { store in
                    _ = try await store.begin(Self.start)
                    let call = try #require(try await store.claim(1).first)
                    try await store.spool([CallEnd.refused(.number).result(of: call)])
                }
                try await database.opened { store in
                    let opening = try await store.begin(Self.start)
                    #expect(opening.unspooled == 1)
                    #expect(try database.dialed() == ["1 ready"])
                }
            }
        }

        enum Earlier: CaseIterable { case interrupted, repeated, resolved }

        @Test(arguments: Earlier.allCases)
        func `a call that may have rung keeps the contact from another number for good`(_ earlier: Earlier)
            async throws
        {
            try await TemporaryDatabase.with { database in
                let start = Sample.start {
                    $0.fallsBack = true
                    if earlier == .repeated { $0.inDoubt = .retry }
                }
                try await database.fill(rows: [[0, 1]])
                try await database.opened { store in
                    _ = try await store.begin(start)
                    switch earlier {
                    case .interrupted: _ = try await store.claim(1)
                    case .repeated: try await store.callNext(.inDoubtAndRepeated)
                    case .resolved: try await store.callNext(.inDoubt)
                    }
                }
                try await database.opened { store in
                    _ = try await store.begin(start)
                    switch earlier {
                    case .interrupted: return #expect(try database.dialed() == ["0 in_doubt interrupted"])
                    case .repeated: break
                    case .resolved: _ = try await store.resolve(campaign: Sample.name, .all, as: .notCalled)
                    }
                    #expect(try await store.callNext(.refused(.number), at: 9000)?.phone == Sample.phone(0))
                    #expect(try database.dialed() == ["0 failed refused"])
                }
            }
        }

        @Test func `whoever is not wanted any more is not called on another number`() async throws {
            for isCancelled in [true, false] {
                try await TemporaryDatabase.with { database in
                    try await database.fill(rows: [[0, 1]])
                    try await database.opened { store in
                        _ = try await store.begin(Self.start)
                        try await store.callNext(.accepted)
                        if isCancelled {
                            try await store.leave()
                            _ = try await store.cancel(campaign: Sample.name)
                        } else {
                            try await store.change("UPDATE contact_row SET is_delisted = 1")
                        }
                        try await store.receive(CallEvent(.deliveryFailed(.noWhatsApp), ids: Sample.ids, error: "e"))
                        #expect(try database.dialed() == ["0 failed no_whatsapp"])
                    }
                }
            }
        }

        @Test func `Z-API is asked about each number in its turn`() async throws {
            try await TemporaryDatabase.with { database in
                try await database.fill(rows: [[0, 1], [2]])
                try await database.opened { store in
                    let reader = try store.reader()
                    for (index, contact) in [(0, "1 ready"), (1, "1 excluded no_whatsapp")] {
                        let asked = try reader.uncheckedContacts(campaign: Sample.name, after: 0, limit: 9)
                        #expect(try asked.first?.phone == Sample.phone(index))
                        let totals = try await store.noteWhatsApp(
                            campaign: Sample.name, answers: [(contact: 1, answer: .absent)], fallsBack: true,
                            now: Sample.now)
                        #expect(totals.absent == 1 && totals.movedOn == 1 - index)
                        #expect(try database.dialed() == [contact, "2 ready"])
                    }
                    #expect(try database.numbers() == ["1 0 0 no_whatsapp", "1 1 1"])
                    #expect(try reader.examine() == [])
                }
            }
        }

        @Test func `another number is another recipient`() async throws {
            try await TemporaryDatabase.with { database in
                try await database.fill(rows: [[0, 1]])
                try await database.fill(rows: [[1]], campaign: "outra")
                try await database.opened { store in
                    _ = try await store.begin(Sample.otherStart())
                    _ = try await store.begin(Self.start)
                    try await store.callNext(.refused(.number))
                    let second = try #require(try await store.claim(1).first)
                    #expect(second.count?.isNewRecipient == true)
                    try await store.record([CallEnd.notSent.result(of: second)])
                    try await store.callNext(.accepted, at: 5)
                    let sum = try database.text("SELECT sum(new_recipients) || ' ' || sum(calls) FROM instance_use")
                    #expect(sum == "2 2")
                }
            }
        }

        @Test func `what is in the provider queue is the call to that number`() async throws {
            try await TemporaryDatabase.with { database in
                try await database.fill(rows: [[0, 1]])
                try await database.opened { store in
                    _ = try await store.begin(Self.start)
                    try await store.callNext(.refused(.number))
                    try await store.callNext(.inDoubt)
                    for (index, count) in [(0, 0), (1, 1)] {
                        var item = ProviderQueueItem(zaapId: "Q")
                        item.phone = try Sample.phone(index)
                        item.kind = .call(seconds: 5)
                        item.createdAt = Sample.now
                        #expect(try await store.resolve([item], of: 0) == count)
                    }
                    let owners = try store.reader().owners(ofCalls: ["Q"], instance: "A")
                    #expect(try owners["Q"]?.phone == Sample.phone(1))
                }
            }
        }

        enum Obstacle: CaseIterable { case contact, blocked, held, blockedBeside, heldBeside, person }

        @Test(arguments: Obstacle.allCases)
        func `numbers that cannot be taken are passed over`(_ obstacle: Obstacle) async throws {
            try await TemporaryDatabase.with { database in
                // The number 5 is in the way; 4 stands beside it in a row of another campaign.
                try await database.fill(rows: [[4, 5]], campaign: "family")
                let others = obstacle == .contact ? [[5]] : []
                try await database.fill(rows: [[0, 5, 7]] + others)
                let lid = try #require(PhoneNumber(text: "77@lid"))
                if obstacle == .person { try await database.fill(phones: [lid]) }
                try await database.opened { store in
                    if obstacle == .person {
                        try await store.receive(CallEvent(.delivered, phone: Sample.phone(5), lid: lid, ids: ["T"]))
                    }
                    _ = try await store.begin(Self.start)
                    let call = try #require(try await store.claim(1).first)
                    switch obstacle {
                    case .contact, .person: break
                    case .blocked, .blockedBeside:
                        try await store.change(
                            "INSERT INTO block SELECT value, value, 'x', 0 FROM (SELECT \(try Sample.phone(obstacle == .blocked ? 5 : 4).value) AS value)"
                        )
                    case .held, .heldBeside:
                        let phone = try Sample.phone(obstacle == .held ? 5 : 4)
                        try await store.receive(CallEvent(Sample.text("me deixa em paz"), phone: phone))
                    }
                    try await store.record([CallEnd.refused(.number).result(of: call)])
                }
                let contact = try #require(
                    try database.lines(
                        "SELECT phone - 5511990000000, state, reason FROM contact WHERE id = 2"
                    ).first)
                switch obstacle {
                // Whoever asks on one phone not to be called is not rung on another.
                case .blocked, .held: #expect(contact == "0 failed refused")
                case .contact, .blockedBeside, .heldBeside, .person: #expect(contact == "7 ready")
                }
                let findings = try database.reader().examine()
                #expect(findings == [], "\(findings)")
            }
        }
    }
}
