import CampaignCore

/// When a campaign may be dialed at all: its window and its end.
struct RunSchedule {
    /// The state of the campaign at a given time.
    enum State: Equatable {
        /// Calls may begin.
        case open
        /// No call may begin until this time; nil means never.
        case shut(until: Timestamp?)
        /// The campaign is over: nobody is called any more.
        case expired
    }

    private var window: WindowGate
    /// The same window, for queries about the future: a gate remembers its last answer.
    private var later: WindowGate
    private let expires: Timestamp?

    init(_ campaign: Campaign, calendar: WindowCalendar) {
        window = WindowGate(window: campaign.window, calendar: calendar, room: campaign.roomForAnyCall)
        later = window
        expires = campaign.expires
    }

    /// When the window opens for a call that rings `wait` after `moment`; nil when it is open then.
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

    /// The guard for calls claimed at `moment`: it decides whether they may still be sent later.
    mutating func sendGuard(claimedAt moment: RunMoment, gate: (any ClaimGate)?) -> SendGuard {
        // Evaluated now, so that the guard has the answer ready for every call.
        _ = state(at: moment)
        return SendGuard(intendedAt: moment.wall, window: window, expires: expires, gate: gate)
    }

    /// When the passing of time may change the state, counted from the start of the run.
    mutating func nextChange(after moment: RunMoment) -> Duration? {
        var changes = [expires].compactMap(\.self).filter { $0 > moment.wall }
        if case .shut(let until?) = state(at: moment) { changes.append(until) }
        return changes.min().map { moment.elapsed(atWall: $0) }
    }
}

/// A point in time during a run, on all relevant clocks.
struct RunMoment {
    /// Since the run began, on a monotonic clock: used to compute waits.
    var elapsed: Duration
    /// On the wall clock: used for windows and timestamps.
    var wall: Timestamp
    /// On the clock of daily limits.
    var limit: Timestamp
    /// Since the machine started.
    var uptime: Uptime

    /// When the wall clock will show `moment`, counted from the start of the run; now, if it already does.
    func elapsed(atWall moment: Timestamp) -> Duration {
        elapsed + max(wall.duration(to: moment), .zero)
    }

    /// When the limits' clock will show `moment`, counted from the start of the run.
    func elapsed(atLimit moment: Timestamp) -> Duration {
        elapsed + max(limit.duration(to: moment), .zero)
    }
}
