/// What an ``Outbox`` does next. It decides; the outbox acts.
struct OutboxState {
    /// A message on its way.
    struct Entry: Equatable {
        let message: OutgoingMessage
        /// In the order in which they came.
        let number: Int
        var tries = 0
        var waited = Duration.zero
        /// Not before this time.
        var due: Duration
    }

    enum Step: Equatable {
        case post(Entry)
        /// Until this time, or until something happens; nil means only the latter.
        case wait(until: Duration?)
        case done
    }

    /// No address rests for longer because of one message.
    private static let longestRest = Duration.seconds(60)

    let limits: OutboxLimits
    private(set) var counts = OutboxCounts()
    /// In the order in which they are due.
    private var waiting: [Entry] = []
    private var underWay = 0
    private var nextNumber = 0
    private var restsUntil = Duration.zero
    private var isGone = false
    private(set) var isEnding = false
    private var isOver = false
    /// The failure that was last told; nil when the last message was delivered.
    private var told: String?

    init(_ limits: OutboxLimits) {
        self.limits = limits
    }

    /// Takes a message in. Where there is no room, the oldest one goes.
    mutating func add(_ message: OutgoingMessage, at now: Duration) -> OutboxNotice? {
        guard !isGone, !isEnding else {
            counts.abandoned += 1
            return nil
        }
        insert(Entry(message: message, number: nextNumber, due: now))
        nextNumber += 1
        guard waiting.count > limits.capacity,
            let oldest = waiting.indices.min(by: { waiting[$0].number < waiting[$1].number })
        else { return nil }
        waiting.remove(at: oldest)
        counts.dropped += 1
        return Self.isTold(counts.dropped) ? .dropped(total: counts.dropped) : nil
    }

    /// What to do at a time.
    mutating func next(at now: Duration) -> Step {
        guard !isOver else { return .done }
        guard let first = waiting.first else { return isEnding && underWay == 0 ? .done : .wait(until: nil) }
        guard underWay < limits.atOnce else { return .wait(until: nil) }
        let due = max(first.due, restsUntil)
        guard due <= now else { return .wait(until: due) }
        underWay += 1
        waiting.removeFirst()
        return .post(first)
    }

    /// Records how it ended.
    ///
    /// - Parameter random: selects the wait before the next try, in 0..<1.
    mutating func finish(_ entry: Entry, _ result: PostResult, at now: Duration, random: Double) -> OutboxNotice? {
        underWay -= 1
        // Its request was cut off, but for one that had just arrived.
        guard !isOver || result.verdict == .delivered else {
            counts.abandoned += 1
            return nil
        }
        switch result.verdict {
        case .delivered:
            counts.delivered += 1
            defer { told = nil }
            return told == nil ? nil : .working
        case .again(let asked):
            retry(entry, asked: asked, at: now, random: random, isAddressBusy: result.isAddressBusy)
        case .refused:
            counts.refused += 1
        case .gone where !limits.endsWhenGone:
            counts.refused += 1
        case .gone:
            isGone = true
            counts.refused += 1
            abandon()
            return .gone
        }
        defer { told = result.problem }
        return told == result.problem ? nil : .failing(result.problem)
    }

    private mutating func retry(
        _ entry: Entry, asked: Duration?, at now: Duration, random: Double, isAddressBusy: Bool
    ) {
        var entry = entry
        entry.tries += 1
        guard !isEnding else {
            counts.abandoned += 1
            // The others would not get through either.
            if isAddressBusy { abandon() }
            return
        }
        guard
            let wait = limits.retries.wait(
                afterTries: entry.tries, waited: entry.waited, asked: asked, random: random)
        else {
            counts.refused += 1
            return
        }
        entry.waited += wait
        entry.due = now + wait
        if isAddressBusy { restsUntil = max(restsUntil, now + min(wait, max(Self.longestRest, asked ?? .zero))) }
        insert(entry)
    }

    /// From now on no message is taken, and each that waits is posted once more at most.
    mutating func end() {
        isEnding = true
        restsUntil = .zero
        waiting = waiting.map { entry in
            var entry = entry
            entry.due = .zero
            return entry
        }.sorted { $0.number < $1.number }
    }

    /// The time for that is over.
    mutating func close() {
        isOver = true
        abandon()
    }

    private mutating func abandon() {
        counts.abandoned += waiting.count
        waiting = []
    }

    /// How many wait or are under way.
    var unfinished: Int { waiting.count + underWay }

    private mutating func insert(_ entry: Entry) {
        var low = 0
        var high = waiting.count
        while low < high {
            let middle = (low + high) / 2
            let other = waiting[middle]
            if (other.due, other.number) <= (entry.due, entry.number) { low = middle + 1 } else { high = middle }
        }
        waiting.insert(entry, at: low)
    }

    /// The 1st, 10th, 100th, …: a flood is told without being one.
    private static func isTold(_ total: Int) -> Bool {
        var power = 1
        while power < total { power *= 10 }
        return power == total
    }
}
