import CampaignCore

/// When a campaign may be dialed at all: its window, and its end.
struct RunSchedule {
    /// What the campaign's times say of a moment.
    enum State: Equatable {
        /// Calls may begin.
        case open
        /// No call may begin until this moment; nil is never.
        case shut(until: Timestamp?)
        /// The campaign is over: nobody is called any more.
        case expired
    }

    private var window: WindowGate
    /// The same window, asked about moments to come: a gate remembers its last answer.
    private var later: WindowGate
    private let expires: Timestamp?

    init(_ campaign: Campaign, calendar: WindowCalendar) {
        window = WindowGate(window: campaign.window, calendar: calendar, room: campaign.roomForAnyCall)
        later = window
        expires = campaign.expires
    }

    /// When the window opens for a call that rings `wait` after a moment; nil when it is open then.
    mutating func reopening(after wait: Duration, at moment: RunMoment) -> Timestamp? {
        let rings = moment.wall.advanced(by: wait)
        guard case .shut(let until) = later.state(at: rings) else { return nil }
        return until ?? rings
    }

    mutating func state(at moment: RunMoment) -> State {
        if let expires, expires <= moment.wall { return .expired }
        return switch window.state(at: moment.wall) {
        case .open: .open
        case .shut(let until): .shut(until: until)
        }
    }

    /// Whether the calls that are claimed at `moment` may still leave later on.
    mutating func departureRule(claimedAt moment: RunMoment, gate: (any ClaimGate)?) -> SendGuard {
        // Asked now, so that the rule has the answer at hand for every call.
        _ = state(at: moment)
        return SendGuard(intendedAt: moment.wall, window: window, expires: expires, gate: gate)
    }

    /// When time alone may change the state, counted from the start of the run.
    mutating func nextChange(after moment: RunMoment) -> Duration? {
        var changes = [expires].compactMap(\.self).filter { $0 > moment.wall }
        if case .shut(let until?) = state(at: moment) { changes.append(until) }
        return changes.min().map { moment.elapsed(atWall: $0) }
    }
}

/// A moment of a run, on every clock that counts.
struct RunMoment {
    /// Since the run began, on a clock that cannot be set: waits are computed with it.
    var elapsed: Duration
    /// On the wall clock: windows and stamps are read from it.
    var wall: Timestamp
    /// On the time line of daily limits.
    var limit: Timestamp
    /// Since the machine started.
    var uptime: Uptime

    /// When, counted from the start of the run, the wall clock will show `moment`; now, when it already does.
    func elapsed(atWall moment: Timestamp) -> Duration {
        elapsed + max(wall.duration(to: moment), .zero)
    }

    /// When, counted from the start of the run, the time line of the limits will be at `moment`.
    func elapsed(atLimit moment: Timestamp) -> Duration {
        elapsed + max(limit.duration(to: moment), .zero)
    }
}
