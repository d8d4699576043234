import CampaignCore
import Testing

@testable import CampaignStore

extension StoreTests {
    /// A phone and an `@lid` that are known to belong together are one person, everywhere.
    @Suite struct PersonNumbersTests {
        private let lid: PhoneNumber

        init() throws { lid = try #require(PhoneNumber(text: "123456789012345@lid")) }

        /// Any event about a person that names both.
        private func teach(_ store: CampaignStore, _ phone: PhoneNumber, _ lid: PhoneNumber) async throws {
            try await store.receive(
                CallEvent(.delivered, phone: phone, lid: lid, ids: ["T"]), key: "teach \(phone) \(lid)")
        }

        enum Block: CaseIterable { case reply, replyByLid, command, commandByLid }

        @Test(arguments: Block.allCases)
        func `a block holds for all numbers of a person, whenever they become contacts`(_ block: Block) async throws {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 1)
                try await database.fill(phones: [lid], campaign: "lids")
                let phone = try Sample.phone(0)
                try await database.opened { store in
                    try await teach(store, phone, lid)
                    switch block {
                    case .reply, .replyByLid:
                        let writer =
                            block == .reply
                            ? CallEvent(Sample.text("sair"), phone: phone) : CallEvent(Sample.text("sair"), lid: lid)
                        let effects = try await store.receive(writer).effects
                        #expect(effects.contains(.mustNotBeCalled(identity: phone.identity)))
                        #expect(effects.contains(.mustNotBeCalled(identity: lid.identity)))
                    case .command, .commandByLid:
                        let (number, now) = (block == .command ? phone : lid, Sample.now)
                        let totals = try await store.block(now: now) { try $0.add(number, reason: "") }
                        #expect(totals.added == 1 && totals.excluded == 2)
                    }
                    #expect(try database.contacts() == ["excluded do_not_call", "excluded do_not_call"])
                }
                try await database.fill(phones: [phone], campaign: "later")
                try await database.fill(phones: [lid], campaign: "later lids")
                #expect(try Set(database.contacts()) == ["excluded do_not_call"])
                try await database.opened { store in
                    let totals = try await store.unblock([block == .commandByLid ? phone : lid], requeues: true)
                    #expect(totals.removed == [phone, lid] && totals.requeued == 4)
                    #expect(try database.text("SELECT count(*) FROM block") == "0")
                }
            }
        }

        @Test(arguments: [("sair", "excluded do_not_call"), ("me deixa em paz", "excluded held")])
        func `what somebody wrote before their numbers were known to be one holds for all of them`(
            _ text: String, _ contact: String
        ) async throws {
            for first in [try Sample.phone(0), lid] {
                try await TemporaryDatabase.with { database in
                    try await database.fill(contacts: 1)
                    try await database.fill(phones: [lid], campaign: "lids")
                    try await database.opened { store in
                        let phone = try Sample.phone(0)
                        try await store.receive(CallEvent(Sample.text(text), phone: first))
                        #expect(try Set(database.contacts()) == ["ready", contact])
                        let event = CallEvent(.delivered, phone: phone, lid: lid, ids: ["T"])
                        let effects = try await store.receive(event, key: "teach").effects
                        #expect(effects.contains(.mustNotBeCalled(identity: phone.identity)))
                        #expect(effects.contains(.mustNotBeCalled(identity: lid.identity)))
                        #expect(try database.contacts() == [contact, contact])
                    }
                }
            }
        }

        @Test func `an event that names only the lid belongs to the person's calls in every campaign`() async throws {
            try await TemporaryDatabase.with { database in
                let phone = try Sample.phone(0)
                try await database.fill(contacts: 1, campaign: "outra")
                try await database.withCalls { store in
                    _ = try await store.noteWhatsApp(
                        campaign: "outra", answers: [(contact: 1, answer: .present(phone, lid: lid))], now: Sample.now)
                    // Only the other campaign has called.
                    try await store.receive(CallEvent(Sample.call(.missed), lid: lid, ids: ["1779374011-59"]), key: "1")
                    #expect(try database.contacts() == ["ready", "accepted delivered not_answered"])
                    try await store.receive(
                        CallEvent(.reply(Reply(form: .media, text: "")), lid: lid), key: "2", at: 40)
                    try await store.receive(CallEvent(Sample.call(.missed, .incoming), lid: lid), key: "3", at: 50)
                    #expect(
                        try database.contacts() == ["ready", "accepted delivered not_answered called_back replied"])
                    #expect(try database.reader().replies().map(\.phone) == [phone])
                    var choice = ReplyChoice()
                    choice.people = [phone]
                    #expect(try database.reader().replies(choice).count == 1)
                    let details = try database.reader().details(of: phone, campaign: Sample.name)
                    #expect(details.lid == lid && details.events.count == 3 && details.replies.count == 1)
                }
            }
        }

        @Test func `of two calls to one person an event without their ids is nobody's`() async throws {
            try await TemporaryDatabase.with { database in
                let phone = try Sample.phone(0)
                try await database.fill(phones: [lid], campaign: "lids")
                try await database.withCalls { store in
                    _ = try await store.begin(Sample.start("lids").numbered(1, instances: [0, 1]))
                    let calls = try await store.claim(CampaignBatch(campaign: 1, claims: [1])).joined()
                    try await store.record(calls.map { Sample.accepted($0) })
                    try await teach(store, phone, lid)
                    try await store.receive(CallEvent(Sample.call(.missed), phone: phone), key: "1")
                    try await store.receive(CallEvent(Sample.call(.missed), lid: lid, ids: ["1-5"]), key: "2")
                    #expect(try database.contacts() == ["accepted", "accepted"])
                    #expect(try database.events().suffix(2) == ["unmatched several_calls", "unmatched several_calls"])
                }
            }
        }

        @Test(arguments: [true, false])
        func `whoever turns out to be two contacts is called as one of them`(_ isHeard: Bool) async throws {
            try await TemporaryDatabase.with { database in
                let phone = try Sample.phone(0)
                try await database.fill(phones: [phone, lid])
                try await database.opened { store in
                    if isHeard {
                        let address = WebhookAddress(instance: "A", tokenHash: Array(repeating: 1, count: 32))
                        try await store.setWebhookAddress(
                            WebhookAddressEntry(
                                address: address, name: "A", publicURL: "https://h", createdAt: Sample.now),
                            overlap: nil)
                    }
                    _ = try await store.begin(Sample.start())
                    try await teach(store, phone, lid)
                    // Both are due, and one of them is called.
                    let calls = try await store.claim(2)
                    #expect(calls.map(\.phone) == [phone])
                    #expect(try database.contacts() == ["dialing", "ready"])
                    let span = Int(EventRule.span.components.seconds)
                    #expect(try await store.claim(1, at: Sample.later(span)).isEmpty)
                    try await store.record(calls.map { Sample.accepted($0) })
                    #expect(try await store.claim(1, at: Sample.later(2 * span)).isEmpty)
                    #expect(try database.contacts() == ["accepted", "excluded same_person"])
                    #expect(try database.reader().examine() == [])
                }
            }
        }

        /// How a call to the one number of a person ends, and whether they are called at the other then.
        struct End: Sendable {
            var verdict: Verdict
            var decision: CallDecision.Contact
            var change = ""
            var isCalled: Bool
        }

        @Test(arguments: [
            End(verdict: .refused, decision: .failed(.refused), isCalled: true),
            End(verdict: .inDoubt(.noReply), decision: .inDoubt(.noReply), isCalled: false),
            End(
                verdict: .inDoubt(.noReply), decision: .inDoubt(.noReply),
                change: "UPDATE attempt SET outcome = 'accepted', zaap_id = 'Z', delivery = 'failed', "
                    + "delivery_reason = 'other'", isCalled: false),
            End(
                verdict: .inDoubt(.noReply), decision: .inDoubt(.noReply),
                change: "UPDATE attempt SET outcome = 'accepted', zaap_id = 'Z', delivery = 'failed', "
                    + "delivery_reason = 'no_whatsapp'", isCalled: true),
            End(
                verdict: .inDoubt(.noReply), decision: .inDoubt(.noReply),
                change: "UPDATE contact_row SET state = 'ready', due_at = 9000000000000 WHERE id = 1", isCalled: false),
        ])
        func `whoever certainly was not rung at one number is called at the other`(_ end: End) async throws {
            try await TemporaryDatabase.with { database in
                let phone = try Sample.phone(0)
                try await database.fill(phones: [phone, lid])
                try await database.opened { store in
                    _ = try await store.begin(Sample.start())
                    try await teach(store, phone, lid)
                    let reply = CallReply(verdict: end.verdict, error: "e")
                    try await store.record(
                        try await store.claim(2).map { Sample.result($0, reply, end.decision) })
                    if !end.change.isEmpty { try await store.change(end.change) }
                    let span = Int(EventRule.span.components.seconds)
                    let called = try await store.claim(1, at: Sample.later(span)).map(\.phone)
                    #expect(called == (end.isCalled ? [lid] : []))
                    guard !end.isCalled else { return }
                    #expect(try database.contacts()[1] == "excluded same_person")
                    // A person may want it back, and it is looked at again.
                    #expect(try await store.retry(campaign: Sample.name, where: .state(.excluded)).requeued == 1)
                    #expect(try await store.claim(1, at: Sample.later(2 * span)).isEmpty)
                    #expect(try database.contacts()[1] == "excluded same_person")
                }
            }
        }

        @Test(arguments: [false, true])
        func `an event that names a call's ids and an lid says whose lid that is`(_ isEarly: Bool) async throws {
            try await TemporaryDatabase.with { database in
                let phone = try Sample.phone(0)
                try await database.fill(contacts: 1)
                try await database.fill(phones: [phone], campaign: "outra")
                try await database.opened { store in
                    _ = try await store.begin(Sample.start())
                    let calls = try await store.claim(1)
                    let told = CallEvent(.delivered, phone: lid, ids: Sample.ids)
                    if isEarly { try await store.receive(told, key: "1", at: 2) }
                    try await store.record(calls.map { Sample.accepted($0) })
                    if !isEarly { try await store.receive(told, key: "1", at: 2) }
                    #expect(try database.lines("SELECT lid, identity FROM person_lid").count == 1)
                    let effects = try await store.receive(CallEvent(Sample.text("sair"), lid: lid), key: "2").effects
                    #expect(effects.contains(.mustNotBeCalled(identity: phone.identity)))
                    #expect(try database.contacts() == ["accepted delivered replied", "excluded do_not_call"])
                }
            }
        }

        @Test func `a list's second number of a person who is known is a duplicate, and the phone is kept`()
            async throws
        {
            try await TemporaryDatabase.with { database in
                let phones = try (0..<3).map { try Sample.phone($0) }
                try await database.opened { store in try await teach(store, phones[1], lid) }
                try await database.fill(phones: [lid] + phones, campaign: "one list")
                #expect(try database.lines("SELECT accepted, duplicates FROM import_row") == ["3 1"])
                #expect(try database.text("SELECT count(*) FROM contact_row WHERE phone < 0") == "0")
                try await database.fill(phones: [lid], campaign: "one list")
                #expect(try database.lines("SELECT accepted, duplicates FROM import_row") == ["3 1", "0 1"])
            }
        }

        @Test func `a limit per person counts the calls to all their numbers, in every campaign`() async throws {
            try await TemporaryDatabase.with { database in
                let phone = try Sample.phone(0)
                try await database.fill(phones: [phone])
                try await database.fill(phones: [lid], campaign: "lids")
                try await database.opened { store in
                    try await teach(store, phone, lid)
                    let limit = PersonLimit(quota: .init(calls: 1, per: .seconds(3600)))
                    _ = try await store.begin(Sample.start { $0.perPerson = limit })
                    try await store.record(try await store.claim(1).map { Sample.accepted($0) })
                    let start = Sample.start("lids") { $0.perPerson = limit }
                    _ = try await store.begin(start.numbered(1, instances: [0, 1]))
                    let other = CampaignBatch(campaign: 1, claims: [1])
                    for (seconds, count) in [(60, 0), (3601, 1)] {
                        let turn = Sample.turn(other, at: Sample.later(seconds))
                        #expect(try await store.commit(turn).campaigns.map(\.calls.count) == [count])
                    }
                }
            }
        }

        @Test func `an lid that is seen with many phones makes nobody one person`() async throws {
            try await TemporaryDatabase.with { database in
                let count = PersonNumbers.mostPhones + 1
                try await database.fill(contacts: count)
                try await database.opened { store in
                    for index in 0..<count { try await teach(store, try Sample.phone(index), lid) }
                    try await store.receive(CallEvent(Sample.text("sair"), phone: try Sample.phone(0)))
                    #expect(
                        try database.contacts()
                            == ["excluded do_not_call"] + Array(repeating: "ready", count: count - 1))
                }
            }
        }

        @Test(arguments: [("sair", "excluded do_not_call"), ("me deixa em paz", "excluded held")], [true, false])
        func `each of a phone's lids is its own, however many it has had`(
            _ wish: (text: String, contact: String), _ isLinkedFirst: Bool
        ) async throws {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 1)
                try await database.opened { store in
                    let (phone, text) = (try Sample.phone(0), CallEvent(Sample.text(wish.text), lid: lid))
                    for number in [71, 72] {
                        try await teach(store, phone, try #require(PhoneNumber(text: "\(number)@lid")))
                    }
                    if !isLinkedFirst { try await store.receive(text) }
                    try await teach(store, phone, lid)
                    if isLinkedFirst { try await store.receive(text) }
                    #expect(try database.contacts() == [wish.contact])
                }
            }
        }
    }
}
