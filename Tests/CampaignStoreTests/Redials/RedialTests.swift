import CampaignCore
import CampaignStore
import Testing

extension StoreTests {
    @Suite struct RedialTests {
        private static let policy = RedialPolicy(attempts: 2, after: .seconds(3600))

        @Test func `who did not answer is called again after the wait, as often as the campaign says`() async throws {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 1)
                try await database.opened { store in
                    _ = try await store.begin(Sample.start { $0.redial = Self.policy })
                    var now = 0
                    for number in 1...3 {
                        let calls = try await store.claim(1, at: Sample.later(now))
                        #expect(calls.map(\.attempt.number) == [number])
                        try await store.record(calls.map { Self.accepted($0, at: now) })
                        let receipt = try await store.receive(
                            CallEvent(Sample.call(.missed), ids: ["N1.\(number)"]), key: "k\(number)", at: now + 30)
                        #expect(receipt.effects == (number < 3 ? [.contactsChanged(campaign: Sample.name)] : []))
                        #expect(try await store.claim(1, at: Sample.later(now + 30 + 3599)).isEmpty)
                        now += 30 + 3600
                    }
                    #expect(try await store.claim(1, at: Sample.later(now + 999_999)).isEmpty)
                }
                #expect(try database.contacts() == ["accepted delivered not_answered"])
                #expect(try database.reader().examine() == [])
            }
        }

        enum News: CaseIterable, Sendable { case answered, calledBack, replied }

        @Test(arguments: News.allCases)
        func `who answers, rings or writes before the turn comes is accepted again`(_ news: News) async throws {
            try await redialing { database, store in
                let kind: CallEvent.Kind =
                    switch news {
                    case .answered: Sample.call(.accepted)
                    case .calledBack: Sample.call(.received, .incoming)
                    case .replied: Sample.text("oi")
                    }
                let receipt = try await store.receive(
                    CallEvent(kind, phone: try Sample.phone(0), ids: news == .answered ? ["M1"] : []), key: "b", at: 200
                )
                #expect(receipt.effects.contains(.contactsChanged(campaign: Sample.name)))
                #expect(try await store.claim(1, at: Sample.later(99_999)).isEmpty)
                #expect(try database.reader().counts(campaign: Sample.name).accepted == 1)
                // A repeat of the event about the unanswered call brings nothing back.
                try await store.receive(CallEvent(Sample.call(.missed), ids: ["M1"]), key: "c", at: 300)
                #expect(try await store.claim(1, at: Sample.later(99_999)).isEmpty)
            }
        }

        @Test func `nobody is called again who is on the list by then, in whatever form`() async throws {
            try await redialing { database, store in
                let other = try Sample.phone(90)
                try database.change(
                    "INSERT INTO contact_identity SELECT campaign_id, \(other.identity), id FROM contact_row")
                _ = try await store.block(now: Sample.now) { try $0.add(other, reason: "asked") }
                #expect(try await store.claim(1, at: Sample.later(99_999)).isEmpty)
                #expect(try database.reader().counts(campaign: Sample.name).excluded == 1)
            }
        }

        @Test func `a call that is in doubt ends it, and one that was not sent is tried again`() async throws {
            try await redialing { database, store in
                let late = Sample.later(99_999)
                let second = try await store.claim(1, at: late)
                try await store.record(second.map { Sample.retry($0, after: .zero) })
                try database.change("UPDATE attempt SET outcome = 'not_sent' WHERE number = 2")
                let third = try await store.claim(1, at: late)
                #expect(third.map(\.attempt.number) == [3])
                let doubt = CallReply(verdict: .inDoubt(.noReply))
                try await store.record(third.map { Sample.result($0, doubt, .inDoubt(.noReply)) })
                #expect(try await store.claim(1, at: late).isEmpty)
                #expect(try database.text("SELECT redials || ifnull(redial_at, '-') FROM contact_row") == "1-")
            }
        }

        @Test func `calls that ended unanswered while nobody dialed are found by the next run, and no others`()
            async throws
        {
            try await TemporaryDatabase.with { database in
                try await database.withCalls(4, contacts: 4) { store in
                    try await store.leave()
                    for (number, phase) in [CallNotification.Phase.missed, .accepted, .ended].enumerated() {
                        try await store.receive(
                            CallEvent(Sample.call(phase), ids: ["M\(number + 1)"]), key: "k\(number)")
                    }
                    #expect(try database.reader().counts(campaign: Sample.name).accepted == 4)
                }
                try await database.opened { store in
                    let snapshot = try await store.begin(Sample.start { $0.redial = Self.policy })
                    #expect(snapshot.counts.ready == 1 && snapshot.counts.accepted == 3)
                    #expect(try await store.claim(4, at: Sample.later(99_999)).map(\.phone) == [try Sample.phone(0)])
                    try await store.leave()
                }
            }
        }

        @Test func `a campaign that does not redial any more withdraws those that wait`() async throws {
            try await redialing { database, store in
                try await store.leave()
                let snapshot = try await store.begin(Sample.start())
                #expect(snapshot.counts.accepted == 1 && snapshot.counts.ready == 0)
                #expect(try database.text("SELECT redials || ifnull(redial_at, '-') FROM contact_row") == "0-")
            }
        }

        @Test func `the next call waits until no event of the one before can be mistaken for one of it`() async throws {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 1)
                try await database.opened { store in
                    let short = RedialPolicy(attempts: 1, after: .seconds(60))
                    _ = try await store.begin(Sample.start { $0.redial = short })
                    try await store.record(try await store.claim(1).map { Sample.accepted($0) })
                    try await store.receive(CallEvent(Sample.call(.missed), ids: ["M1"]), at: 5)
                    #expect(try await store.claim(1, at: Sample.later(134)).isEmpty)
                    #expect(try await store.claim(1, at: Sample.later(135)).count == 1)
                }
            }
        }

        @Test func `the wait is kept by the review of contacts that an earlier run deferred`() async throws {
            try await TemporaryDatabase.with { database in
                let long = RedialPolicy(attempts: 1, after: .seconds(86_400))
                try await database.fill(contacts: 1)
                try await database.opened { store in
                    _ = try await store.begin(Sample.start { $0.redial = long })
                    try await store.record(try await store.claim(1).map { Sample.accepted($0) })
                    try await store.receive(CallEvent(Sample.call(.missed), ids: ["M1"]))
                    try await store.leave()
                    _ = try await store.begin(Sample.start { $0.redial = long })
                    let commit = try await store.commit(Sample.batch(claims: 1, at: Sample.later(60)))
                    #expect(commit.calls.isEmpty && commit.cause == .redial)
                    #expect(commit.rest == .dueAt(Sample.later(30 + 86_400)))
                }
            }
        }

        @Test func `an answer to the first call counts although a second one was throttled`() async throws {
            try await redialing { database, store in
                try await store.record(
                    try await store.claim(1, at: Sample.later(99_999)).map {
                        Sample.result(
                            $0, CallReply(verdict: .throttled(retryAfter: nil)), .retry(after: .zero, counts: .throttle)
                        )
                    })
                try await store.receive(CallEvent(Sample.call(.accepted), ids: ["M1"]), key: "b", at: 99_999)
                #expect(try await store.claim(1, at: Sample.later(199_999)).isEmpty)
                #expect(try database.contacts() == ["accepted delivered answered"])
            }
        }

        @Test(arguments: [true, false])
        func `whoever rings while the second call is tried in vain is not called again`(_ isBefore: Bool) async throws {
            try await redialing { database, store in
                let second = try await store.claim(1, at: Sample.later(99_999))
                let ring = CallEvent(Sample.call(.received, .incoming), phone: try Sample.phone(0))
                if isBefore { try await store.receive(ring, key: "b", at: 100_000) }
                try await store.record(
                    second.map {
                        Sample.result(
                            $0, CallReply(verdict: .throttled(retryAfter: nil)), .retry(after: .zero, counts: .throttle)
                        )
                    })
                if !isBefore { try await store.receive(ring, key: "b", at: 100_000) }
                #expect(try await store.claim(1, at: Sample.later(199_999)).isEmpty)
                #expect(try database.reader().counts(campaign: Sample.name).accepted == 1)
                #expect(try database.text("SELECT redials || ifnull(redial_at, '-') FROM contact_row") == "0-")
            }
        }

        @Test(arguments: [true, false])
        func `whoever waits for a further call when the campaign ends has been called, and stays accepted`(
            _ isCancelled: Bool
        ) async throws {
            try await redialing { database, store in
                #expect(try database.contacts() == ["ready delivered not_answered"])
                if isCancelled {
                    try await store.leave()
                    #expect(try await store.cancel(campaign: Sample.name) == 0)
                } else {
                    var part = CampaignBatch(campaign: 0, claims: [])
                    part.expires = true
                    #expect(try await store.commit(Sample.turn(part)).campaigns[0].excluded == 0)
                }
                #expect(try database.contacts() == ["accepted delivered not_answered"])
                #expect(try database.reader().examine() == [])
            }
        }

        @Test func `nobody is called again in a cancelled campaign, not even by its next run`() async throws {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 2)
                try await database.opened { store in
                    let start = Sample.start { $0.redial = Self.policy }
                    #expect(try await store.begin(start).lastCallAt == nil)
                    try await store.record(try await store.claim(1).map { Sample.accepted($0) })
                    try await store.leave()
                    _ = try await store.cancel(campaign: Sample.name)
                    try await store.receive(CallEvent(Sample.call(.missed), ids: ["M1"]))
                    let snapshot = try await store.begin(start)
                    #expect(snapshot.counts.ready == 0 && snapshot.lastCallAt == nil)
                    #expect(try database.contacts() == ["accepted delivered not_answered", "excluded cancelled"])
                    // A person may want it.
                    #expect(try await store.retry(campaign: Sample.name, where: .state(.accepted)).requeued == 1)
                }
            }
        }

        @Test func `a run that begins again knows how long answers may still come`() async throws {
            try await TemporaryDatabase.with { database in
                try await database.withCalls { _ in }
                let snapshot = try await database.opened { try await $0.begin(Sample.start()) }
                #expect(snapshot.lastCallAt == Sample.now)
            }
        }

        /// Random histories: nobody is called again unless the last call certainly ended unanswered, or certainly was not
        /// placed; nobody more often than the policy says; and `perPerson` holds over two campaigns.
        @Test(arguments: 1...12)
        func `whatever happens, both rules hold`(_ seed: UInt64) async throws {
            var history = RandomHistory(seed: seed)
            let rules = history.rules
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 6)
                try await database.fill(contacts: 6, campaign: "outra")
                try await database.opened { store in
                    _ = try await store.begin(Sample.start { rules(&$0) })
                    _ = try await store.begin(Sample.otherStart { rules(&$0) })
                    for _ in 0..<150 { try await history.step(store) }
                }
                #expect(try database.reader().examine() == [])
                for campaign in [Sample.name, "outra"] {
                    #expect(try database.reader().counts(campaign: campaign).total == 6)
                }
            }
            history.expectRulesKept()
        }

        /// A contact that waits for its second call.
        private func redialing(_ body: (TemporaryDatabase, CampaignStore) async throws -> Void) async throws {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 1)
                try await database.opened { store in
                    _ = try await store.begin(Sample.start { $0.redial = Self.policy })
                    try await store.record(try await store.claim(1).map { Sample.accepted($0) })
                    try await store.receive(CallEvent(Sample.call(.missed), ids: ["M1"]), key: "a")
                    #expect(try database.reader().counts(campaign: Sample.name).ready == 1)
                    try await body(database, store)
                }
            }
        }

        private static func accepted(_ call: ClaimedCall, at seconds: Int) -> AttemptResult {
            let ids = CallReceipt(zaapId: nil, messageId: "N\(call.attempt.contact).\(call.attempt.number)")
            let moment = Sample.later(seconds)
            return Sample.result(
                call, CallReply(verdict: .accepted(ids), httpStatus: 200), .accepted,
                times: CallTimes(startedAt: moment, endedAt: moment, latency: .zero))
        }
    }
}
