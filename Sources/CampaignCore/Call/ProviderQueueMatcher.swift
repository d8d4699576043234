/// An attempt in doubt: it is unknown whether it reached Z-API.
package struct OpenAttempt: Hashable, Sendable {
    /// Which attempt it is.
    package var attempt: AttemptID
    /// When its intent was written.
    package var startedAt: Timestamp
    /// When it was given up; nil when the program ended first.
    package var endedAt: Timestamp?
    /// How long its call was to ring; nil when that is not known.
    package var seconds: Int?

    package init(attempt: AttemptID, startedAt: Timestamp, endedAt: Timestamp?, seconds: Int?) {
        self.attempt = attempt
        self.startedAt = startedAt
        self.endedAt = endedAt
        self.seconds = seconds
    }

    /// Whether `item` can be this attempt's call, by its kind and its time, as far as the queue gives them.
    func canBe(_ item: ProviderQueueItem) -> Bool {
        if case .message = item.kind { return false }
        return item.createdAt.map(canHaveArrived) ?? true
    }

    /// Whether `item`, which can be its call, certainly is: its fields are those of such a call, and it was created
    /// while the request was under way.
    func isCertainly(_ item: ProviderQueueItem) -> Bool {
        guard case .call(let rings) = item.kind, let createdAt = item.createdAt, item.hasCallId else { return false }
        return rings == seconds && wasUnderWay(at: createdAt)
    }

    /// Whether Z-API can have taken this attempt's call at `moment`, by a clock that may be set wrong.
    private func canHaveArrived(at moment: Timestamp) -> Bool {
        let end = endedAt ?? startedAt.advanced(by: ProviderQueueMatcher.longestRequest)
        return startedAt.advanced(by: .zero - ProviderQueueMatcher.clockDifference) <= moment
            && moment <= end.advanced(by: ProviderQueueMatcher.clockDifference)
    }

    /// Whether Z-API must have taken this attempt's call at about `moment`, if it took it, by clocks that are set.
    private func wasUnderWay(at moment: Timestamp) -> Bool {
        // The end of an interrupted request is unknown. It left soon after its intent or not at all.
        let lastEnd = startedAt.advanced(by: ProviderQueueMatcher.longestRequest)
        let end = endedAt.map { min($0, lastEnd) } ?? startedAt.advanced(by: SendGuard.longestWait)
        return startedAt.advanced(by: .zero - ProviderQueueMatcher.usualClockDifference) <= moment
            && moment <= end.advanced(by: ProviderQueueMatcher.longestTaking)
    }
}

/// Which items of Z-API's queue are the calls that are in doubt: by phone, instance, time and what their fields say.
///
/// A match is certain only if it is one to one, the item's fields say that it is such a call, and it was created while
/// the request was under way. Where an item may be either of two attempts (the same phone in two campaigns), an attempt
/// either of two items, the item's kind is unknown, or it is older than the intent, nothing is resolved: a wrong guess
/// would take a call for placed that was never sent. What may be a call is evidence for a person.
package struct ProviderQueueMatcher: Sendable {
    /// How far Z-API's clock and this machine's may lie apart when one is set wrong. Anything further apart is not
    /// evidence.
    package static let clockDifference = Duration.seconds(120)
    /// How far they may lie apart when both are set. An item created before that is not certain to be the call.
    static let usualClockDifference = Duration.seconds(2)
    /// How long after the end of a request Z-API may still queue its call, including the difference of the clocks.
    static let longestTaking = Duration.seconds(5)
    /// The longest timeout that a campaign can have.
    package static let longestRequest = Duration.seconds(300)

    /// An item with an attempt whose call it can be.
    package typealias Match = (item: ProviderQueueItem, attempt: AttemptID)

    private var matches: [(item: ProviderQueueItem, open: OpenAttempt)] = []

    /// No item was looked at yet.
    package init() {}

    /// Adds an item.
    ///
    /// - Parameter attempts: the attempts in doubt of the item's phone, however written, through the same instance.
    package mutating func add(_ item: ProviderQueueItem, attempts: [OpenAttempt]) {
        for open in attempts where open.canBe(item) { matches.append((item, open)) }
    }

    /// The items of which each is the call of one attempt and can be of no other, with that attempt.
    package var certain: [Match] { sorted.certain }

    /// The items that may be the call of an attempt, and may as well not; once for each such attempt.
    package var evidence: [Match] { sorted.evidence }

    private var sorted: (certain: [Match], evidence: [Match]) {
        var items: [String: Int] = [:]
        var attempts: [AttemptID: Int] = [:]
        for match in matches {
            items[match.item.zaapId, default: 0] += 1
            attempts[match.open.attempt, default: 0] += 1
        }
        var sorted: (certain: [Match], evidence: [Match]) = ([], [])
        for (item, open) in matches {
            let isAlone = items[item.zaapId] == 1 && attempts[open.attempt] == 1
            if isAlone, open.isCertainly(item) {
                sorted.certain.append((item, open.attempt))
            } else {
                sorted.evidence.append((item, open.attempt))
            }
        }
        return sorted
    }
}
