import CampaignCore
import Testing

@testable import CampaignStore

extension StoreTests {
    /// Two contacts of a campaign that were both called before it became known that they are one person.
    @Suite struct SamePersonTests {
        private static let span = Int(EventRule.span.components.seconds)
        private static let doubt = CallReply(verdict: .inDoubt(.noReply))

        @Test(arguments: [true, false])
        func `of two contacts resolved as not called one is called, and the other only if that call was not placed`(
            _ isAccepted: Bool
        ) async throws {
            try await withTwoCalls({ Sample.result($0, Self.doubt, .inDoubt(.noReply)) }) { database, store in
                _ = try await store.resolve(campaign: Sample.name, .all, as: .notCalled)
                let calls = try await store.claim(2, at: Sample.later(Self.span))
                #expect(calls.count == 1)
                #expect(try Set(database.contacts()) == ["dialing", "ready"])
                try await store.record(
                    calls.map {
                        isAccepted
                            ? Self.accepted($0)
                            : Sample.result($0, CallReply(verdict: .refused, error: "e"), .failed(.refused))
                    })
                let more = try await store.claim(2, at: Sample.later(3 * Self.span))
                #expect(more.count == (isAccepted ? 0 : 1))
                #expect(
                    try Set(database.contacts())
                        == (isAccepted ? ["accepted", "excluded same_person"] : ["dialing", "failed refused"]))
                #expect(try database.reader().examine() == [])
            }
        }

        @Test func `of two doubts that the campaign calls again one is called until that one is known`() async throws {
            try await withTwoCalls({ Sample.retry($0, after: .seconds(60)) }) { database, store in
                let calls = try await store.claim(2, at: Sample.later(61))
                #expect(calls.map(\.attempt) == [AttemptID(contact: 2, number: 2)])
                try await store.record(calls.map { Sample.result($0, Self.doubt, .inDoubt(.noReply)) })
                #expect(try await store.claim(2, at: Sample.later(99_999)).isEmpty)
                #expect(try database.contacts() == ["excluded same_person", "in_doubt no_reply"])
            }
        }

        @Test func `a contact that was never called waits for another one whose doubt is called again`() async throws {
            try await withTwoCalls({ Sample.retry($0, after: .seconds(600)) }, claims: 1) { database, store in
                #expect(try await store.claim(2, at: Sample.later(60)).isEmpty)
                #expect(try database.contacts() == ["ready", "ready"])
                let calls = try await store.claim(2, at: Sample.later(601))
                #expect(calls.map(\.attempt) == [AttemptID(contact: 1, number: 2)])
                try await store.record(calls.map { Self.accepted($0) })
                #expect(try await store.claim(2, at: Sample.later(99_999)).isEmpty)
                #expect(try database.contacts() == ["accepted", "excluded same_person"])
            }
        }

        @Test(arguments: [1, 2])
        func `of two that did not answer one is called by retry, and the other stays accepted`(
            _ claims: Int
        ) async throws {
            try await withUnanswered { database, store in
                #expect(try await store.retry(campaign: Sample.name, where: .state(.accepted)).requeued == 2)
                let commit = try await store.commit(Sample.batch(claims: claims, at: Sample.later(Self.span)))
                #expect(commit.calls.count == 1 && commit.withdrawn == 1 && commit.excluded == 0)
                #expect(try Set(database.contacts()) == ["dialing", "accepted delivered not_answered"])
                try await store.record(commit.calls.map { Self.accepted($0) })
                #expect(try await store.claim(2, at: Sample.later(99_999)).isEmpty)
                #expect(try database.contacts() == ["accepted", "accepted delivered not_answered"])
                #expect(try database.reader().examine() == [])
            }
        }

        @Test func `a campaign calls whoever did not answer as two again as the one it called last`() async throws {
            let policy = RedialPolicy(attempts: 1, after: .seconds(600))
            try await withUnanswered({ $0.redial = policy }) { database, store in
                #expect(try Set(database.contacts()) == ["ready delivered not_answered"])
                let calls = try await store.claim(2, at: Sample.later(9999))
                #expect(calls.map(\.attempt) == [AttemptID(contact: 2, number: 2)])
                #expect(try database.contacts() == ["accepted delivered not_answered", "dialing"])
                try await store.record(calls.map { Self.accepted($0) })
                try await store.receive(CallEvent(Sample.call(.missed), ids: ["N2.2"]), key: "again", at: 10_030)
                // Another run looks at all of them again.
                try await store.leave()
                _ = try await store.begin(Sample.start { $0.redial = policy })
                for seconds in [20_000, 30_000, 99_999] {
                    #expect(try await store.claim(2, at: Sample.later(seconds)).isEmpty)
                }
                #expect(try Set(database.contacts()) == ["accepted delivered not_answered"])
                #expect(try database.lines("SELECT redials FROM contact_row ORDER BY id") == ["0", "1"])
                #expect(try database.reader().examine() == [])
            }
        }

        @Test func `nobody is called again as one contact who has answered as the other`() async throws {
            try await withUnanswered { database, store in
                #expect(try await store.retry(campaign: Sample.name, where: .state(.accepted)).requeued == 2)
                try await store.receive(CallEvent(Sample.call(.accepted), ids: ["N2.1"]), key: "late")
                #expect(try await store.claim(2, at: Sample.later(Self.span)).isEmpty)
                #expect(
                    try database.contacts() == ["accepted delivered not_answered", "accepted delivered answered"])
            }
        }

        @Test func `nobody is called again as one contact who rang us as the other before they were known as one`()
            async throws
        {
            let lid = try #require(PhoneNumber(text: "123456789012345@lid"))
            let phone = try Sample.phone(0)
            try await TemporaryDatabase.with { database in
                try await database.fill(phones: [phone, lid])
                try await database.opened { store in
                    let policy = RedialPolicy(attempts: 1, after: .seconds(600))
                    _ = try await store.begin(Sample.start { $0.redial = policy })
                    try await store.record(try await store.claim(2).map { Self.accepted($0) })
                    try await store.receive(CallEvent(Sample.call(.missed), ids: ["N1.1"]), key: "missed", at: 20)
                    let rings = CallEvent(Sample.call(.received, .incoming), lid: lid)
                    try await store.receive(rings, key: "rings", at: 60)
                    #expect(try database.contacts() == ["ready delivered not_answered", "accepted called_back"])
                    try await store.receive(CallEvent(.delivered, phone: phone, lid: lid, ids: ["T"]), key: "teach")
                    #expect(
                        try database.contacts()
                            == ["accepted delivered not_answered called_back", "accepted called_back"])
                    #expect(try await store.claim(2, at: Sample.later(99_999)).isEmpty)
                }
            }
        }

        /// Two contacts, whose first calls end with this, and who are known to be one person after that.
        private func withTwoCalls(
            _ end: (ClaimedCall) -> AttemptResult, claims: Int = 2, rules: (inout Campaign) -> Void = { _ in },
            _ body: (TemporaryDatabase, CampaignStore) async throws -> Void
        ) async throws {
            let lid = try #require(PhoneNumber(text: "123456789012345@lid"))
            let phone = try Sample.phone(0)
            try await TemporaryDatabase.with { database in
                try await database.fill(phones: [phone, lid])
                try await database.opened { store in
                    _ = try await store.begin(Sample.start(Sample.name, rules))
                    try await store.record(try await store.claim(claims).map(end))
                    try await store.receive(CallEvent(.delivered, phone: phone, lid: lid, ids: ["T"]), key: "teach")
                    try await body(database, store)
                }
            }
        }

        /// Two contacts whose calls have ended unanswered.
        private func withUnanswered(
            _ rules: (inout Campaign) -> Void = { _ in },
            _ body: (TemporaryDatabase, CampaignStore) async throws -> Void
        ) async throws {
            try await withTwoCalls({ Self.accepted($0) }, rules: rules) { database, store in
                for id in ["N1.1", "N2.1"] {
                    try await store.receive(CallEvent(Sample.call(.missed), ids: [id]), key: id)
                }
                try await body(database, store)
            }
        }

        private static func accepted(_ call: ClaimedCall) -> AttemptResult {
            let ids = CallReceipt(zaapId: nil, messageId: "N\(call.attempt.contact).\(call.attempt.number)")
            return Sample.result(call, CallReply(verdict: .accepted(ids), httpStatus: 200), .accepted)
        }
    }
}
