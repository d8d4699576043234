import CampaignCore
import CampaignStore
import Testing

/// Calls, results and events in random order, for two campaigns with the same people, and what is known of each call by
/// the test's own books.
struct RandomHistory {
    private struct Call {
        var phone: PhoneNumber
        var at: Int
        var outcome: AttemptOutcome?
        var isAnswered = false
        /// When the first event said that nobody answered; nil: none has.
        var unansweredAt: Int?
        /// Events that came before its result.
        var early: [(phase: CallNotification.Phase, at: Int)] = []

        /// Whether the phone certainly did not ring.
        var wasNotPlaced: Bool {
            switch outcome {
            case .notSent, .throttled, .misconfigured, .refused: true
            case .accepted, .inDoubt, .serverError, nil: false
            }
        }
    }

    private let policy: RedialPolicy
    private let quota: PersonLimit.Quota
    private var random: SplitMix64
    private var now = 0
    private var calls: [AttemptID: Call] = [:]
    private var underWay: [ClaimedCall] = []
    private var events = 0

    init(seed: UInt64) {
        random = SplitMix64(seed: seed)
        policy = RedialPolicy(attempts: 1 + Int(seed % 3), after: .seconds(600))
        quota = PersonLimit.Quota(calls: 1 + Int(seed % 4), per: .seconds(3000))
    }

    /// What both campaigns want.
    var rules: (inout Campaign) -> Void {
        let (policy, quota) = (policy, quota)
        return { campaign in
            campaign.redial = policy
            campaign.perPerson = PersonLimit(quota: quota)
        }
    }

    private mutating func below(_ count: Int) -> Int { Int(random.next() % UInt64(count)) }

    mutating func step(_ store: CampaignStore) async throws {
        now += below(300)
        if below(3) > 0 { try await turn(store) }
        if below(2) == 0,
            let attempt = calls.keys.sorted(by: { ($0.contact, $0.number) < ($1.contact, $1.number) })
                .dropFirst(below(max(calls.count, 1))).first
        {
            try await event(about: attempt, store)
        }
    }

    private mutating func turn(_ store: CampaignStore) async throws {
        var ended: [ClaimedCall] = []
        for call in underWay where below(3) > 0 { ended.append(call) }
        var results: [AttemptResult] = []
        for call in ended { results.append(result(call)) }
        underWay.removeAll { call in results.contains { $0.attempt == call.attempt } }
        let parts = [
            CampaignBatch(campaign: 0, claims: Array(repeating: 0, count: below(4))),
            CampaignBatch(campaign: 1, claims: Array(repeating: 1, count: below(4))),
        ]
        let commit = try await store.commit(
            CommitBatch(results: results, campaigns: parts, now: Sample.later(now)))
        for call in commit.campaigns.flatMap(\.calls) {
            expectMayBeCalledAgain(call)
            calls[call.attempt] = Call(phone: call.phone, at: now)
            underWay.append(call)
        }
    }

    private mutating func result(_ call: ClaimedCall) -> AttemptResult {
        let moment = Sample.later(now)
        let times = CallTimes(startedAt: moment, endedAt: moment, latency: .zero)
        let name = "N\(call.attempt.contact).\(call.attempt.number)"
        let (verdict, decision): (Verdict, CallDecision.Contact) =
            switch below(8) {
            case 0: (.inDoubt(.noReply), .inDoubt(.noReply))
            case 1: (.refused, .failed(.refused))
            case 2: (.notSent, .retry(after: .seconds(below(60)), counts: .nothing))
            case 3: (.throttled(retryAfter: nil), .retry(after: .seconds(below(60)), counts: .throttle))
            default: (.accepted(CallReceipt(zaapId: nil, messageId: name)), .accepted)
            }
        calls[call.attempt]?.outcome = verdict.outcome
        if verdict.outcome == .accepted {
            for event in calls[call.attempt]?.early ?? [] { note(event.phase, of: call.attempt, at: event.at) }
        }
        return Sample.result(call, CallReply(verdict: verdict), decision, times: times)
    }

    private mutating func event(about attempt: AttemptID, _ store: CampaignStore) async throws {
        events += 1
        let phase = [CallNotification.Phase.missed, .missed, .missed, .accepted, .received, .ended][below(6)]
        try await store.receive(
            CallEvent(Sample.call(phase), ids: ["N\(attempt.contact).\(attempt.number)"]), key: "k\(events)", at: now)
        switch calls[attempt]?.outcome {
        case nil: calls[attempt]?.early.append((phase, now))
        case .accepted: note(phase, of: attempt, at: now)
        case .inDoubt, .notSent, .throttled, .refused, .misconfigured, .serverError: break
        }
    }

    private mutating func note(_ phase: CallNotification.Phase, of attempt: AttemptID, at moment: Int) {
        switch phase {
        case .missed:
            let first = calls[attempt]?.unansweredAt ?? moment
            calls[attempt]?.unansweredAt = first
        case .accepted, .started: calls[attempt]?.isAnswered = true
        case .received, .ended: break
        }
    }

    private func expectMayBeCalledAgain(_ call: ClaimedCall) {
        let placed = (1..<max(call.attempt.number, 1)).compactMap { number in
            calls[AttemptID(contact: call.attempt.contact, number: number)]
        }.filter { !$0.wasNotPlaced }
        // Also where calls that were not placed came in between.
        #expect(placed.allSatisfy { $0.outcome == .accepted && !$0.isAnswered })
        guard let last = placed.last else { return }
        #expect(last.unansweredAt.map { Duration.seconds(now - $0) >= policy.after } ?? false)
    }

    /// The rules that concern several calls.
    func expectRulesKept() {
        #expect(calls.count > 12, "somebody was called more than once")
        for (contact, own) in Dictionary(grouping: calls, by: \.key.contact) {
            #expect(own.count { !$0.value.wasNotPlaced } <= 1 + policy.attempts, "contact \(contact)")
        }
        for (_, own) in Dictionary(grouping: calls.values, by: \.phone) {
            let times = own.filter { !$0.wasNotPlaced }.map(\.at).sorted()
            for (first, last) in zip(times, times.dropFirst(quota.calls)) {
                #expect(Duration.seconds(last - first) >= quota.per)
            }
        }
    }
}
