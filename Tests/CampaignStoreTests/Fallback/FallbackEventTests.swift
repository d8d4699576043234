import CampaignCore
import Foundation
import Testing

@testable import CampaignStore

extension StoreTests {
    /// What is heard of one number of a row is not about the calls to another.
    @Suite struct FallbackEventTests {
        /// A contact whose first number has been refused, or is not there as WhatsApp says, and that is about to be called
        /// on its second.
        private func withSecondNumber(
            after end: CallEnd = .refused(.number), redials: Bool = false,
            _ body: (TemporaryDatabase, CampaignStore) async throws -> Void
        ) async throws {
            try await TemporaryDatabase.with { database in
                try await database.fill(rows: [[0, 1]])
                try await database.opened { store in
                    _ = try await store.begin(
                        Sample.start {
                            $0.fallsBack = true
                            if redials { $0.redial = RedialPolicy(attempts: 2, after: .seconds(60)) }
                        })
                    try await store.callNext(end)
                    if end == .accepted {
                        try await store.receive(
                            CallEvent(.deliveryFailed(.noWhatsApp), ids: Sample.ids, error: "e"), key: "none")
                    }
                    try await body(database, store)
                    #expect(try database.reader().examine() == [])
                }
            }
        }

        @Test(arguments: [CallEvent.Kind.delivered, Sample.call(.accepted), Sample.call(.missed)])
        func `that the first number was reached after all keeps the second from being dialed`(_ kind: CallEvent.Kind)
            async throws
        {
            try await withSecondNumber(after: .accepted) { database, store in
                let effects = try await store.receive(CallEvent(kind, ids: Sample.ids)).effects
                #expect(effects.contains(.contactsChanged(campaign: Sample.name)))
                // It is the first number's call that was answered, or not, and the contact has that number again.
                #expect(try database.dialed() == ["0 accepted"])
                #expect(try database.numbers() == ["1 0 0", "1 1 1"])
                #expect(try database.lines("SELECT identity - 5511990000000 FROM contact_identity") == ["0"])
                #expect(try await store.claim(1).isEmpty)
                #expect(try database.attempts() == [Sample.phone(0)])
                // Whoever wants the contact called again has the first number dialed.
                try await store.change("UPDATE attempt SET released = 4")
                try await store.change("UPDATE contact_row SET state = 'ready'")
                #expect(try await store.callNext(.accepted)?.phone == Sample.phone(0))
            }
        }

        @Test(arguments: [true, false])
        func `that a number was reached after all counts however many others have been no use since`(_ redials: Bool)
            async throws
        {
            try await TemporaryDatabase.with { database in
                try await database.fill(rows: [[0, 1, 2]])
                try await database.opened { store in
                    _ = try await store.begin(
                        Sample.start {
                            $0.fallsBack = true
                            if redials { $0.redial = RedialPolicy(attempts: 1, after: .seconds(60)) }
                        })
                    for id in ["Z1.1", "Z1.2"] {
                        try await store.callNext(.accepted)
                        try await store.receive(
                            CallEvent(.deliveryFailed(.noWhatsApp), ids: [id], error: "e"), key: id)
                    }
                    #expect(try database.dialed() == ["2 ready"])
                    try await store.receive(CallEvent(Sample.call(.missed), ids: ["Z1.1"]), key: "late")
                    #expect(try database.dialed() == [redials ? "0 ready" : "0 accepted"])
                    #expect(try database.numbers() == ["1 0 0", "1 1 1 no_whatsapp", "1 2 2"])
                    // An event of the second number's call still finds it.
                    let known = "SELECT identity - 5511990000000 FROM contact_identity ORDER BY identity"
                    #expect(try database.lines(known) == ["0", "1"])
                    #expect(try database.attempts() == [0, 1].map(Sample.phone))
                    #expect(try database.reader().examine() == [])
                    if !redials {
                        #expect(try await store.retry(campaign: Sample.name, where: .state(.accepted)).requeued == 1)
                    }
                    #expect(try await store.callNext(.accepted, at: 99_999)?.phone == Sample.phone(0))
                    #expect(try database.attempts() == [0, 1, 0].map(Sample.phone))
                    #expect(try database.reader().examine() == [])
                }
            }
        }

        @Test(arguments: [DeliveryFailure.rejectedByWhatsApp, .shadowBan], [true, false])
        func `whether WhatsApp stopped the call or has no such number does not depend on what is heard first`(
            _ stop: DeliveryFailure, _ isFirst: Bool
        ) async throws {
            try await TemporaryDatabase.withThreeNumbers { database, store in
                for failure in isFirst ? [stop, .noWhatsApp] : [.noWhatsApp, stop] {
                    try await store.receive(
                        CallEvent(.deliveryFailed(failure), ids: ["Z1.1"], error: "e"), key: "\(failure)")
                }
                #expect(try database.dialed() == ["0 failed \(stop.rawValue)"])
                #expect(try database.numbers() == ["1 0 0", "1 1 1", "1 2 2"])
                #expect(try database.lines("SELECT identity - 5511990000000 FROM contact_identity") == ["0"])
                #expect(try await store.claim(1, at: Sample.later(99_999)).isEmpty)
            }
        }

        enum Meanwhile: CaseIterable { case notSent, refused, absent, held, blocked, accepted }

        @Test(arguments: Meanwhile.allCases)
        func `nobody is called on another number whose call WhatsApp stopped, whatever has happened since`(
            _ meanwhile: Meanwhile
        ) async throws {
            try await TemporaryDatabase.withThreeNumbers { database, store in
                try await store.receive(
                    CallEvent(.deliveryFailed(.noWhatsApp), ids: ["Z1.1"], error: "e"), key: "none")
                switch meanwhile {
                case .notSent: try await store.callNext(.notSent)
                case .refused: try await store.callNext(.refused(.number))
                case .absent:
                    _ = try await store.noteWhatsApp(
                        campaign: Sample.name, answers: [(contact: 1, answer: .absent)], fallsBack: true,
                        now: Sample.now)
                case .held:
                    try await store.change("UPDATE contact_row SET state = 'excluded', reason = 'held'")
                case .blocked:
                    _ = try await store.block(now: Sample.now) { try $0.add(Sample.phone(2), reason: "") }
                    #expect(try await store.claim(1).isEmpty)
                case .accepted: try await store.callNext(.accepted)
                }
                try await store.receive(
                    CallEvent(.deliveryFailed(.rejectedByWhatsApp), ids: ["Z1.1"], error: "e"), key: "stop")
                // What is heard of the other number's call again changes nothing.
                try await store.receive(
                    CallEvent(.deliveryFailed(.noWhatsApp), ids: ["Z1.2"], error: "f"), key: "again")
                let contact =
                    switch meanwhile {
                    case .notSent, .refused, .absent, .held: "0 failed rejected_by_whatsapp"
                    case .blocked: "0 excluded do_not_call"
                    case .accepted: "0 failed rejected_by_whatsapp"
                    }
                #expect(try database.dialed() == [contact])
                #expect(try await store.claim(1, at: Sample.later(99_999)).isEmpty)
            }
        }

        @Test(arguments: [(CallEnd.notSent, ""), (.throttledTooOften, ""), (.refused(.number), " refused")])
        func `a number that was tried without being reached is left for one that was`(_ end: CallEnd, _ reason: String)
            async throws
        {
            try await withSecondNumber(after: .accepted) { database, store in
                try await store.callNext(end)
                try await store.receive(CallEvent(.delivered, ids: ["Z1.1"]), key: "late")
                #expect(try database.dialed() == ["0 accepted"])
                #expect(try database.numbers() == ["1 0 0", "1 1 1\(reason)"])
                #expect(try database.attempts() == [0, 1].map(Sample.phone))
                #expect(try await store.claim(1, at: Sample.later(99_999)).isEmpty)
            }
        }

        @Test func `a call to the first number that ended unanswered after all is made again to that number`()
            async throws
        {
            try await withSecondNumber(after: .accepted, redials: true) { database, store in
                try await store.receive(CallEvent(Sample.call(.missed), ids: Sample.ids))
                #expect(try database.dialed() == ["0 ready"])
                #expect(try await store.callNext(.accepted, at: 99_999)?.phone == Sample.phone(0))
            }
        }

        @Test func `nobody is called again by itself who was reached on one number after another was called`()
            async throws
        {
            try await withSecondNumber(after: .accepted, redials: true) { database, store in
                try await store.callNext(.accepted)
                try await store.receive(CallEvent(Sample.call(.missed), ids: ["Z1.1"]), key: "first")
                try await store.receive(CallEvent(Sample.call(.missed), ids: ["Z1.2"]), key: "second")
                #expect(try database.dialed() == ["1 accepted"])
                #expect(try await store.claim(1, at: Sample.later(99_999)).isEmpty)
            }
        }

        @Test func `whoever is on the list when the first number turns out to have been reached has that one`()
            async throws
        {
            try await withSecondNumber(after: .accepted) { database, store in
                _ = try await store.block(now: Sample.now) { try $0.add(Sample.phone(0), reason: "") }
                try await store.receive(CallEvent(.delivered, ids: Sample.ids))
                #expect(try database.dialed() == ["0 excluded do_not_call"])
                _ = try await store.unblock([Sample.phone(0)], requeues: true)
                #expect(try database.dialed() == ["0 accepted"])
            }
        }

        @Test func `that it was reached after all changes nothing once the second one has been called`() async throws {
            try await withSecondNumber(after: .accepted) { database, store in
                try await store.callNext(.accepted)
                try await store.receive(CallEvent(Sample.call(.accepted), ids: ["Z1.1"]))
                #expect(
                    try database.lines("SELECT number, answer FROM attempt ORDER BY number") == ["1 answered", "2"])
                #expect(try database.dialed() == ["1 accepted"])
            }
        }

        @Test(arguments: [CallEnd.accepted, .inDoubt])
        func `an event without an id belongs to the call of its number, or to none`(_ end: CallEnd) async throws {
            try await withSecondNumber { database, store in
                try await store.callNext(end)
                try await store.receive(CallEvent(Sample.call(.missed), phone: Sample.phone(0)), key: "0")
                #expect(try database.lines("SELECT number, answer FROM attempt ORDER BY number") == ["1", "2"])
                try await store.receive(CallEvent(Sample.call(.missed), phone: Sample.phone(1)), key: "1")
                #expect(
                    try database.lines("SELECT number, answer FROM attempt ORDER BY number") == ["1", "2 not_answered"])
                #expect(try database.events() == ["unmatched no_call", "applied 1.2"])
            }
        }

        @Test func `a reply from a number that was left behind blocks that one, and the person`() async throws {
            try await withSecondNumber { database, store in
                try await store.receive(CallEvent(Sample.text("sair"), phone: Sample.phone(0)))
                #expect(try database.dialed() == ["1 excluded do_not_call"])
                #expect(try database.lines("SELECT identity - 5511990000000 FROM block") == ["0"])
                // Nobody was called: the only call was refused.
                let replies = try store.reader().replies()
                #expect(replies.map(\.sender) == [try Sample.phone(0)] && replies.map(\.phone) == [nil])
                let details = try store.reader().details(of: Sample.phone(1), campaign: Sample.name)
                #expect(details.replies.count == 1 && details.numbers.map(\.isBlocked) == [true, false])
            }
        }

        @Test func `an older copy lists the numbers that it does not know as called`() async throws {
            try await TemporaryDatabase.with { database in
                try await database.fill(rows: [[0, 1]])
                let copy = database.folder + "/copy.db"
                try database.reader().copy(to: copy)
                try await database.opened { store in
                    _ = try await store.begin(Sample.start { $0.fallsBack = true })
                    try await store.callNext(.refused(.number))
                    try await store.callNext(.accepted)
                }
                let restored = try database.restore(copy, forgetsLater: true)
                let calls = try #require(restored.forgottenCalls)
                #expect(calls.count == 2 && calls.people == 1)
                let list = try String(contentsOfFile: #require(calls.list), encoding: .utf8)
                let phones = try [0, 1].map { try Sample.phone($0).text }
                #expect(phones.map { list.contains($0) } == [false, true])
            }
        }
    }
}
