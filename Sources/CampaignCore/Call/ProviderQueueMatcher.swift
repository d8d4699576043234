/// An attempt in doubt: it is not known whether it reached Z-API.
package struct OpenAttempt: Hashable, Sendable {
    package var attempt: AttemptID
    /// When its intent was written.
    package var startedAt: Timestamp
    /// When it was abandoned; nil when the program ended first.
    package var endedAt: Timestamp?
    /// How long its call was to ring, in seconds; nil when that is not known.
    package var seconds: Int?

    package init(attempt: AttemptID, startedAt: Timestamp, endedAt: Timestamp?, seconds: Int?) {
        self.attempt = attempt
        self.startedAt = startedAt
        self.endedAt = endedAt
        self.seconds = seconds
    }

    /// Whether `item` can be this attempt's call, by its kind and its time, as far as the provider queue gives them.
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

    /// Whether Z-API can have received this attempt's call at `moment`, by a clock that may be wrong.
    private func canHaveArrived(at moment: Timestamp) -> Bool {
        let end = endedAt ?? startedAt.advanced(by: ProviderQueueMatcher.longestRequest)
        return startedAt.advanced(by: .zero - ProviderQueueMatcher.clockDifference) <= moment
            && moment <= end.advanced(by: ProviderQueueMatcher.clockDifference)
    }

    /// Whether Z-API must have received this attempt's call at about `moment`, if it did, by clocks that are right.
    private func wasUnderWay(at moment: Timestamp) -> Bool {
        // The end of an interrupted request is unknown. It left soon after its intent or not at all.
        let lastEnd = startedAt.advanced(by: ProviderQueueMatcher.longestRequest)
        let end = endedAt.map { min($0, lastEnd) } ?? startedAt.advanced(by: SendGuard.longestWait)
        return startedAt.advanced(by: .zero - ProviderQueueMatcher.usualClockDifference) <= moment
            && moment <= end.advanced(by: ProviderQueueMatcher.longestTaking)
    }
}

/// Decides which items of the provider queue are the calls in doubt: by phone, instance, time, and what their fields
/// say.
///
/// A match is certain only if it is one to one, the item's fields say that it is such a call, and it was created while
/// the request was under way. If an item may belong to either of two attempts (the same phone in two campaigns), or an
/// attempt to either of two items, or the item's kind is unknown, or it is older than the intent, nothing is resolved:
/// a wrong guess would count a call as placed that was never sent. What only may be a call is evidence for a person.
package struct ProviderQueueMatcher: Sendable {
    /// How far Z-API's clock and this machine's may differ when one of them is wrong. An item further away is not
    /// evidence.
    package static let clockDifference = Duration.seconds(120)
    /// How far they may differ when both are right. An item created earlier than that is not certain to be the call.
    static let usualClockDifference = Duration.seconds(2)
    /// How long after the end of a request Z-API may still queue its call, including the difference between the clocks.
    static let longestTaking = Duration.seconds(5)
    /// The longest timeout that a campaign can have.
    package static let longestRequest = Duration.seconds(300)

    /// An item with an attempt whose call it can be.
    package typealias Match = (item: ProviderQueueItem, attempt: AttemptID)

    private var matches: [(item: ProviderQueueItem, open: OpenAttempt)] = []

    package init() {}

    /// Adds an item.
    ///
    /// - Parameter attempts: the attempts in doubt for the item's phone, in any form, through the same instance.
    package mutating func add(_ item: ProviderQueueItem, attempts: [OpenAttempt]) {
        for open in attempts where open.canBe(item) { matches.append((item, open)) }
    }

    /// The items that are certainly the call of one attempt, with that attempt.
    package var certain: [Match] { sorted.certain }

    /// The items that may or may not be the call of an attempt, once for each such attempt.
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
