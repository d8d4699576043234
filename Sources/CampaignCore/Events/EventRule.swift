/// A call that an event may be about: it has one of its ids, or was made to its person.
package struct CandidateCall: Hashable, Sendable {
    package enum Standing: Sendable {
        /// Its request has no result yet: its ids are not known.
        case underWay
        /// Z-API has accepted it.
        case accepted
        /// It may have reached Z-API.
        case inDoubt
        /// It certainly did not reach the person.
        case notPlaced
    }

    package var attempt: AttemptID
    package var startedAt: Timestamp
    /// The ids that Z-API gave it.
    package var ids: [String]
    package var standing: Standing
    /// Whether it was made through the instance that the event comes from.
    package var isThroughInstance: Bool

    package init(
        attempt: AttemptID, startedAt: Timestamp, ids: [String], standing: Standing, isThroughInstance: Bool = true
    ) {
        self.attempt = attempt
        self.startedAt = startedAt
        self.ids = ids
        self.standing = standing
        self.isThroughInstance = isThroughInstance
    }
}

/// What an event has to do with our calls.
package enum EventMatch: Hashable, Sendable {
    /// It certainly belongs to this call.
    case call(AttemptID, CallFact, EventRemark?)
    /// The person has rung the instance, which had called these contacts.
    case calledBack([AttemptID])
    /// It may belong to a call whose result is still to come.
    case waits
    /// It may be about this call in doubt, or about something else that went to the same person: nothing follows.
    case evidence(AttemptID)
    /// It belongs to no call, as far as is known.
    case nothing(EventRemark)
}

/// Decides which call an event belongs to, and what it says about it. Nothing is guessed.
///
/// An event with an id of a call belongs to that call and to no other. Without one, a notification about a call belongs
/// to the only call to its person that fits by time, whichever campaign or instance made it. A delivery event does not:
/// nothing in it tells a call from a message of another program (zapi.md).
package struct EventRule: Sendable {
    /// The longest that a call rings.
    package static let longestRing = Duration.seconds(15)
    /// How long after the end of its ring a call's events may still arrive, where no id says whose they are.
    package static let longestDelay = Duration.seconds(120)
    /// So long after a call, an event without its ids may still belong to it: the person's next call must wait, or an event
    /// of the one may be the other's.
    package static let span = longestRing + longestDelay
    /// A person who rings within this time after our call is calling back.
    package static let callBackSpan = Duration.seconds(72 * 3600)
    /// How far a clock that is set may move an event before its call.
    package static let clockStep = Duration.seconds(2)
    /// How far Z-API's clock and ours may differ.
    package static let clockDifference = Duration.seconds(5)

    private let event: CallEvent
    private let receivedAt: Timestamp
    private let candidates: [CandidateCall]
    private let besides: [CandidateCall]

    /// - Parameters:
    ///   - event: what arrived.
    ///   - receivedAt: when it arrived.
    ///   - candidates: all calls that have one of its ids, or were made to its person within ``callBackSpan``, through
    ///     any instance; each once.
    ///   - besides: the calls to other numbers of rows that have its phone, within the same time. The event is not about
    ///     them, but whoever rings from one phone of their own has rung.
    package init(
        _ event: CallEvent, receivedAt: Timestamp, candidates: [CandidateCall], besides: [CandidateCall] = []
    ) {
        self.event = event
        self.receivedAt = receivedAt
        self.candidates = candidates
        self.besides = besides
    }

    /// - Parameter isAnyUnderWay: whether any call of the instance is under way, to whomever; asked only for an event
    ///   that names no phone that we have called.
    package func match(isAnyUnderWay: () throws -> Bool) rethrows -> EventMatch {
        let named = candidates.filter(hasId)
        let own = named.filter(\.isThroughInstance)
        if own.count == 1 { return belongs(to: own[0]) }
        guard named.isEmpty else { return .nothing(own.isEmpty ? .noCall : .severalCalls) }
        switch event.kind {
        case .delivered, .deliveryFailed:
            guard !event.ids.isEmpty else { return .nothing(.noId) }
        case .call: break
        case .reply, .disconnected, .connected, .registrationCodeRequested, .other: return .nothing(.noCall)
        }
        // Of calls under way the ids are not known yet.
        if through.contains(where: { $0.standing == .underWay && canConcern($0) }) { return .waits }
        // Behind an `@lid` there may be the phone that is just being called.
        let isHidden = candidates.isEmpty || event.phone == nil
        if try isHidden && !event.ids.isEmpty && isAnyUnderWay() { return .waits }
        guard case .call(let notification) = event.kind else { return delivery() }
        switch notification.direction {
        case .outgoing: return onlyFitting()
        case .incoming: return callBack(notification)
        // What WhatsApp shows ordinary accounts are calls to them; but just after our own call it may be that.
        case .unknown: return through.contains(where: mayBeOurs) ? .nothing(.ambiguous) : callBack(notification)
        }
    }

    /// The calls through the event's instance.
    private var through: [CandidateCall] { candidates.filter(\.isThroughInstance) }

    /// The placed calls that fit by their time.
    private func fitting(_ calls: [CandidateCall]) -> [CandidateCall] {
        calls.filter { $0.standing != .notPlaced && canConcern($0) }
    }

    private func canConcern(_ call: CandidateCall) -> Bool {
        isAfter(call) && receivedAt <= call.startedAt.advanced(by: Self.span)
    }

    /// Whether the event came, and happened, after the call had begun.
    private func isAfter(_ call: CandidateCall) -> Bool {
        guard call.startedAt <= receivedAt.advanced(by: Self.clockStep) else { return false }
        return event.at.map { call.startedAt <= $0.advanced(by: Self.clockDifference) } ?? true
    }

    /// Whether the event came, or happened, so soon after the call that it may be about it.
    private func mayBeOurs(_ call: CandidateCall) -> Bool {
        guard call.standing != .notPlaced, isAfter(call) else { return false }
        let end = call.startedAt.advanced(by: Self.longestRing + Self.longestDelay)
        return receivedAt <= end || event.at.map { $0 <= end } ?? false
    }

    private func hasId(_ call: CandidateCall) -> Bool {
        call.ids.contains { id in event.ids.contains { $0.lowercased() == id.lowercased() } }
    }

    /// A notification about one of our calls, without its ids.
    private func onlyFitting() -> EventMatch {
        let calls = fitting(candidates)
        guard let call = calls.first, calls.contains(where: \.isThroughInstance) else { return .nothing(.noCall) }
        return calls.count == 1 ? belongs(to: call) : .nothing(.severalCalls)
    }

    /// A delivery event with ids that no call is known by: it may be that of a call whose ids we never learned.
    private func delivery() -> EventMatch {
        let calls = fitting(through).filter { $0.ids.count < 2 }
        let doubts = calls.filter { $0.standing == .inDoubt && $0.ids.isEmpty }
        guard let doubt = doubts.first else { return .nothing(.noCall) }
        guard calls.count == 1 else { return .nothing(.severalCalls) }
        return event.namesCall ? belongs(to: doubt) : .evidence(doubt.attempt)
    }

    private func belongs(to call: CandidateCall) -> EventMatch {
        switch event.kind {
        case .delivered: .call(call.attempt, .delivered, nil)
        case .deliveryFailed(let failure): .call(call.attempt, .failed(failure, event.error ?? failure.rawValue), nil)
        case .call(let notification):
            switch notification.phase {
            case .received: .call(call.attempt, .delivered, nil)
            case .accepted, .started: .call(call.attempt, .answered, nil)
            case .missed: .call(call.attempt, .notAnswered, nil)
            // What has ended had gone out.
            case .ended: .call(call.attempt, .delivered, .ended)
            }
        case .reply, .disconnected, .connected, .registrationCodeRequested, .other: .nothing(.noCall)
        }
    }

    /// The person has rung us, if we had called them.
    private func callBack(_ notification: CallNotification) -> EventMatch {
        let called = (through + besides.filter(\.isThroughInstance)).filter { call in
            call.standing != .notPlaced && isAfter(call)
                && receivedAt <= call.startedAt.advanced(by: Self.callBackSpan)
        }
        guard !called.isEmpty else { return .nothing(.noCall) }
        switch notification.phase {
        case .received, .accepted, .started, .missed: return .calledBack(called.map(\.attempt))
        case .ended: return .nothing(.ended)
        }
    }
}

extension CallEvent {
    /// Whether the error text of a delivery event says that it is about a call, and not about a message: “Call [with
    /// audio] not available to channels.”
    fileprivate var namesCall: Bool {
        (error ?? "").lowercased().split { !$0.isLetter }.first == "call"
    }

    /// When what it says happened: the payload's own time where it can be right, otherwise the time of its arrival.
    package func moment(since start: Timestamp, receivedAt: Timestamp) -> Timestamp {
        guard let at, start <= at, at <= receivedAt else { return receivedAt }
        return at
    }
}
