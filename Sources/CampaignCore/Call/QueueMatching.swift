/// An attempt of which nobody knows whether it reached Z-API.
public struct OpenAttempt: Hashable, Sendable {
    /// Which attempt it is.
    public var attempt: AttemptID
    /// When its intent was written.
    public var startedAt: Timestamp
    /// When it was given up; nil when the program ended first.
    public var endedAt: Timestamp?

    /// An attempt in doubt.
    public init(attempt: AttemptID, startedAt: Timestamp, endedAt: Timestamp?) {
        self.attempt = attempt
        self.startedAt = startedAt
        self.endedAt = endedAt
    }

    /// Whether Z-API can have taken this attempt's call at `moment`, by a clock that may differ from ours.
    func canHaveArrived(at moment: Timestamp) -> Bool {
        let end = endedAt ?? startedAt.advanced(by: QueueMatching.longestRequest)
        return startedAt.advanced(by: .zero - QueueMatching.clockDifference) <= moment
            && moment <= end.advanced(by: QueueMatching.clockDifference)
    }
}

/// Which items of Z-API's queue are the calls that are in doubt: by phone, instance and time.
///
/// Only what is one to one is certain. Where an item may be either of two attempts (the same phone in two campaigns),
/// or an attempt either of two items, nothing is settled: a wrong guess would take a call for done that never left.
public struct QueueMatching: Sendable {
    /// How far Z-API's clock and this machine's may lie apart.
    public static let clockDifference = Duration.seconds(120)
    /// The longest timeout that a campaign can have.
    public static let longestRequest = Duration.seconds(300)

    private var matches: [(item: QueuedCall, attempt: AttemptID)] = []

    /// No item was looked at yet.
    public init() {}

    /// Takes in an item.
    ///
    /// - Parameter attempts: the attempts in doubt of the item's phone, however written, through the same instance.
    public mutating func add(_ item: QueuedCall, attempts: [OpenAttempt]) {
        guard let moment = item.createdAt else { return }
        for open in attempts where open.canHaveArrived(at: moment) { matches.append((item, open.attempt)) }
    }

    /// The items of which each is the call of one attempt and can be of no other, with that attempt.
    public var certain: [(item: QueuedCall, attempt: AttemptID)] {
        var items: [String: Int] = [:]
        var attempts: [AttemptID: Int] = [:]
        for match in matches {
            items[match.item.zaapId, default: 0] += 1
            attempts[match.attempt, default: 0] += 1
        }
        return matches.filter { items[$0.item.zaapId] == 1 && attempts[$0.attempt] == 1 }
    }
}
