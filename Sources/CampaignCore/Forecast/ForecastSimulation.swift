/// The calls of a forecast while the window is open: how many each instance places and when, without going through them
/// one by one.
///
/// For an instance alone the result is exact: a call, then one every gap. Under a campaign pace that is tighter than
/// the instances together, each call waits its turn, and the instance that was free first goes first. In the long run
/// all wait equally long, and that wait is what makes the calls fit the campaign's pace (`commonWait`). It changes
/// whenever an instance uses up its cap or another one joins, so time is split there.
struct ForecastSimulation {
    /// The result for a span of open time.
    struct Stretch {
        /// When the first call started.
        var first: Int
        /// When the last one did.
        var last: Int
    }

    /// An instance that places a call every `gap`, from `start` on.
    private struct Turn {
        let instance: Int
        let start: Int
        let gap: Int
        let left: Int

        /// Calls started until `moment`, inclusive.
        func calls(through moment: Int, atMost limit: Int) -> Int {
            guard start <= moment else { return 0 }
            guard gap > 0 else { return min(left, limit) }
            return min(left, limit, (moment - start) / gap + 1)
        }

        /// When its last call starts, if it is not after `moment`.
        func lastCall(through moment: Int) -> Int? {
            let calls = calls(through: moment, atMost: .max)
            return calls == left ? start + (left - 1) * gap : nil
        }
    }

    private var instances: [InstanceForecast]
    /// The time from one call of the whole campaign to the next; 0 means no gap.
    private let gap: Int
    private var opensAt: Int
    /// Contacts still to be called.
    private(set) var remaining: Int

    init(campaign: Campaign, contacts: Int, baseline: ForecastBaseline) {
        instances = campaign.instances.map { instance in
            let (limits, known) = baseline.instance(instance)
            let gap = limits.meanSpacing(ringing: campaign.ringing).microsecondsRoundedUp
            return InstanceForecast(limits, gap: gap, baseline: known)
        }
        gap = campaign.pace?.gap.microsecondsRoundedUp ?? 0
        opensAt = baseline.opensAt.microseconds
        remaining = max(0, contacts)
    }

    /// Whether a cap stops all instances until tomorrow.
    var isCapped: Bool { instances.allSatisfy { $0.left == 0 } }

    /// Whether any instance may ever place a call.
    var isUsable: Bool { instances.contains(where: \.isUsable) }

    /// More contacts may be called from now on.
    mutating func add(contacts: Int) {
        remaining += contacts
    }

    /// Begins another day.
    mutating func endDay() {
        for index in instances.indices { instances[index].endDay() }
    }

    /// Places the calls that start between two times on one day; nil when there are none.
    mutating func dial(from: Int, through last: Int) -> Stretch? {
        var stretch: Stretch?
        var time = from
        while remaining > 0, time <= last {
            var (turns, change) = turns(from: time, through: last)
            if gap > 0 { change = min(change, turns.compactMap { $0.lastCall(through: last) }.min() ?? last) }
            let until = finish(of: turns, in: max(time, change))
            if let placed = place(turns, through: until) {
                stretch = Stretch(first: min(stretch?.first ?? placed.first, placed.first), last: placed.last)
            }
            time = until + 1
        }
        return stretch
    }

    /// The instances that call from `time` on, in order, and until when that is so.
    private func turns(from time: Int, through last: Int) -> (turns: [Turn], until: Int) {
        let usable = instances.indices.filter { instances[$0].left > 0 && instances[$0].opensAt <= last }
        // An instance that is held back for longer than its own gap does not share in the campaign's pace until then.
        let held = gap > 0 ? usable.filter { instances[$0].opensAt - instances[$0].gap > time } : []
        let order = usable.filter { !held.contains($0) }.sorted { instances[$0].opensAt < instances[$1].opensAt }
        let wait = commonWait(of: order.map { instances[$0].gap })
        var start = gap > 0 ? max(time, opensAt) : time
        let turns = order.map { index in
            let instance = instances[index]
            let turn = Turn(
                instance: index, start: max(start, instance.opensAt), gap: instance.gap + wait, left: instance.left)
            if gap > 0 { start = turn.start + gap }
            return turn
        }
        return (turns, held.map { instances[$0].opensAt - instances[$0].gap - 1 }.min() ?? last)
    }

    /// How long a free instance waits for the campaign's pace on average: the wait for which the sum of all rates, 1 /
    /// (gap + wait) each, is the campaign's rate; 0 when the instances together are no faster.
    private func commonWait(of gaps: [Int]) -> Int {
        guard gap > 0 else { return 0 }
        func rate(_ wait: Double) -> Double { gaps.reduce(0) { $0 + 1 / (Double($1) + wait) } }
        let allowed = 1 / Double(gap) * (1 + 1e-12)
        guard rate(0) > allowed else { return 0 }
        // Even instances without their own gap fit if each waits for all the others.
        var (short, long) = (0.0, Double(gaps.count * gap))
        // After so many halvings, the largest representable difference is less than a microsecond.
        for _ in 0..<64 {
            let middle = (short + long) / 2
            if rate(middle) > allowed { short = middle } else { long = middle }
        }
        return Int(long.rounded())
    }

    /// The first time by which all contacts have been called, or `last`.
    private func finish(of turns: [Turn], in last: Int) -> Int {
        guard calls(of: turns, through: last) == remaining else { return last }
        var (early, late) = ((turns.map(\.start).min() ?? last) - 1, last)
        while late - early > 1 {
            let middle = early + (late - early) / 2
            if calls(of: turns, through: middle) == remaining { late = middle } else { early = middle }
        }
        return late
    }

    /// Calls started until `moment`, at most as many as there are contacts.
    private func calls(of turns: [Turn], through moment: Int) -> Int {
        turns.reduce(0) { sum, turn in sum + turn.calls(through: moment, atMost: remaining - sum) }
    }

    private mutating func place(_ turns: [Turn], through moment: Int) -> Stretch? {
        var stretch: Stretch?
        for turn in turns {
            let calls = turn.calls(through: moment, atMost: remaining)
            guard calls > 0 else { continue }
            let last = turn.start + (calls - 1) * turn.gap
            instances[turn.instance].place(calls: calls, lastAt: last)
            remaining -= calls
            opensAt = max(opensAt, last + gap)
            stretch = Stretch(
                first: min(stretch?.first ?? turn.start, turn.start), last: max(stretch?.last ?? last, last))
        }
        return stretch
    }
}
