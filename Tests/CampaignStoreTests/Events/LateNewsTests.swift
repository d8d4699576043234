import CampaignCore
import Testing

@testable import CampaignStore

extension StoreTests {
    /// What events about calls do to contacts that are no longer where the call left them.
    @Suite struct LateNewsTests {
        private static let notQueued = CallEvent(.deliveryFailed(.notQueued), ids: Sample.ids, error: "not queued")
        private static let unknown = CallEvent(.deliveryFailed(.unknown), ids: Sample.ids, error: "timeout")
        private static let answered = CallEvent(Sample.call(.accepted), ids: Sample.ids)

        /// One contact whose call was not queued and who was then requeued: it waits for its second call.
        private static func requeued(_ body: (TemporaryDatabase, CampaignStore) async throws -> Void) async throws {
            try await TemporaryDatabase.with { database in
                try await database.withCalls { store in
                    try await store.receive(notQueued, key: "first")
                    #expect(try await Self.requeueAll(store) == 1)
                    #expect(try database.contacts() == ["ready failed not queued"])
                    try await body(database, store)
                }
                #expect(try database.reader().examine() == [])
            }
        }

        /// Whoever may be requeued by a person.
        private static func requeueAll(_ store: CampaignStore) async throws -> Int {
            var requeued = 0
            for state in RequeueRefusal.states {
                requeued += try await store.retry(campaign: Sample.name, where: .state(state)).requeued
            }
            return requeued
        }

        private static func notPlaced(_ call: ClaimedCall) -> AttemptResult {
            Sample.result(
                call, CallReply(verdict: .throttled(retryAfter: nil), httpStatus: 429),
                .retry(after: .zero, counts: .throttle))
        }

        private static func refused(_ call: ClaimedCall) -> AttemptResult {
            Sample.result(call, CallReply(verdict: .refused, httpStatus: 400), .failed(.refused))
        }

        @Test(arguments: [true, false], [true, false])
        func `news of an earlier call counts while the last one was certainly not placed`(
            _ isAnswered: Bool, _ comesDuringCall: Bool
        ) async throws {
            try await Self.requeued { database, store in
                let second = try await store.claim(1)
                let news = isAnswered ? Self.answered : Self.unknown
                if comesDuringCall { try await store.receive(news, key: "late", at: 60) }
                let commit = try await store.commit(
                    CommitBatch(
                        results: second.map(Self.notPlaced), campaigns: [], now: Sample.now))
                #expect(commit.events.isEmpty != comesDuringCall)
                if !comesDuringCall { try await store.receive(news, key: "late", at: 60) }
                #expect(try await store.claim(1, at: Sample.later(99_999)).isEmpty)
                #expect(
                    try database.contacts()
                        == [isAnswered ? "accepted delivered answered" : "in_doubt delivery_unknown"])
                #expect(try await Self.requeueAll(store) == 0)
            }
        }

        @Test func `a refused contact is not requeued whose earlier call was answered`() async throws {
            try await Self.requeued { database, store in
                try await store.record(try await store.claim(1).map(Self.refused))
                try await store.receive(Self.answered, key: "late", at: 60)
                #expect(try database.contacts() == ["accepted delivered answered"])
                #expect(try await Self.requeueAll(store) == 0)
            }
        }

        @Test(arguments: ["held", "cancelled", "expired", "not_listed", "unanswered", "do_not_call"], [true, false])
        func `whoever was excluded before the next call does not come back once a call may have rung`(
            _ reason: String, _ isAnswered: Bool
        ) async throws {
            try await Self.requeued { database, store in
                try await store.change("UPDATE contact_row SET state = 'excluded', reason = '\(reason)'")
                try await store.receive(isAnswered ? Self.answered : Self.unknown, key: "late", at: 60)
                let state: CallState = isAnswered ? .accepted : .inDoubt
                if reason != "do_not_call" { #expect(try database.reader().counts(campaign: Sample.name)[state] == 1) }
                #expect(try await Self.requeueAll(store) == 0)
                _ = try await store.claim(1)
                #expect(try database.reader().counts(campaign: Sample.name)[state] == 1)
                // A doubt can still be resolved, and then the person has decided.
                let done = try await store.resolve(campaign: Sample.name, .all, as: .notCalled)
                #expect(done.resolved.count == (isAnswered ? 0 : 1))
                #expect(try await store.claim(1).count == (isAnswered ? 0 : 1))
            }
        }

        @Test func `a reply that is dismissed, or a block that is removed, brings nobody back who has been called`()
            async throws
        {
            for isHeld in [true, false] {
                try await Self.requeued { database, store in
                    let phone = try Sample.phone(0)
                    if isHeld {
                        try await store.receive(CallEvent(Sample.text("quem é você?"), phone: phone), key: "r")
                    } else {
                        _ = try await store.block(now: Sample.now) { try $0.add(phone, reason: "asked") }
                    }
                    try await store.receive(Self.answered, key: "late", at: 60)
                    if isHeld {
                        _ = try await store.decide(reply: 1, as: .dismissed, by: "ana", now: Sample.now)
                    } else {
                        #expect(try await store.unblock([phone], requeues: true).requeued == 0)
                    }
                    #expect(try database.reader().counts(campaign: Sample.name).accepted == 1)
                }
            }
        }

        @Test func `a doubt that a person resolved comes back only with news`() async throws {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 1)
                try await database.opened { store in
                    _ = try await store.begin(Sample.start())
                    let doubt = CallReply(verdict: .inDoubt(.noReply))
                    try await store.record(
                        try await store.claim(1).map { Sample.result($0, doubt, .inDoubt(.noReply)) })
                    _ = try await store.resolve(campaign: Sample.name, .all, as: .notCalled)
                    try await store.record(try await store.claim(1).map(Self.notPlaced))
                    #expect(try database.contacts() == ["ready"])
                    let event = CallEvent(Sample.call(.accepted), phone: try Sample.phone(0), ids: ["X"])
                    try await store.receive(event, at: 60)
                    #expect(try database.contacts() == ["accepted delivered answered"])
                }
            }
        }

        @Test func `who is held while the campaign is cancelled or expires does not come back with the reply`()
            async throws
        {
            for isCancelled in [true, false] {
                try await TemporaryDatabase.with { database in
                    try await database.fill(contacts: 2)
                    try await database.opened { store in
                        _ = try await store.begin(Sample.start())
                        try await store.receive(CallEvent(Sample.text("quem é você?"), phone: try Sample.phone(0)))
                        if isCancelled {
                            try await store.leave()
                            _ = try await store.cancel(campaign: Sample.name)
                        } else {
                            var batch = Sample.batch()
                            batch.expires = true
                            _ = try await store.commit(batch)
                        }
                        let done = try await store.decide(reply: 1, as: .dismissed, by: "ana", now: Sample.now)
                        #expect(done?.totals.ready == 0)
                        let reason = isCancelled ? "cancelled" : "expired"
                        #expect(try database.contacts() == ["excluded \(reason)", "excluded \(reason)"])
                        // A person may want them called all the same.
                        #expect(try await Self.requeueAll(store) == 2)
                    }
                }
            }
        }

        @Test func `in a cancelled campaign a doubt that is resolved, and a block that is removed, make nobody ready`()
            async throws
        {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 2)
                try await database.opened { store in
                    _ = try await store.begin(Sample.start())
                    let doubt = CallReply(verdict: .inDoubt(.noReply))
                    try await store.record(
                        try await store.claim(1).map { Sample.result($0, doubt, .inDoubt(.noReply)) })
                    _ = try await store.block(now: Sample.now) { try $0.add(Sample.phone(1), reason: "asked") }
                    try await store.leave()
                    _ = try await store.cancel(campaign: Sample.name)
                    let done = try await store.resolve(campaign: Sample.name, .all, as: .notCalled)
                    #expect(done.resolved.count == 1 && done.outdated == 1)
                    #expect(try await store.unblock([Sample.phone(1)], requeues: true).requeued == 0)
                    #expect(try database.contacts() == ["excluded cancelled", "excluded cancelled"])
                }
            }
        }
    }
}
