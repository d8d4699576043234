import CampaignCore

/// What a campaign asks of the instances: to call contacts that are due, at its own pace, with its own workers.
///
/// Times are counted from the start of the dispatcher, on a monotonic clock.
struct CampaignDemand {
    /// What is known about the remaining contacts.
    enum Remaining: Equatable {
        /// Some may be due.
        case unknown
        /// The next one is due at this time.
        case dueAt(Duration)
        /// None is ready.
        case none
    }

    var remaining = Remaining.unknown
    /// Why the next one is not due yet.
    var cause = TurnCause.other
    /// Whether the next contact waits because its list holds it back.
    var isNextHeldBack = false
    /// What the wall clock shows when the next one is due. A window opens by that clock: setting it does not move this.
    private(set) var dueByWall: Timestamp?
    /// By how much the wall clock was ahead of the limits' clock when `dueByWall` was computed.
    private var wallAhead: Duration?
    /// Calls under way.
    private(set) var inFlight = 0
    /// The pace of the whole campaign, over all its instances.
    private(set) var gate: PaceGate
    /// The gap of the campaign's own pace; nil when it has none.
    let gap: Duration?
    /// Maximum number of calls under way at the same time.
    let workers: Int
    let retry: RetryPolicy

    init(_ campaign: Campaign, pace: PaceMark, at moment: RunMoment) {
        gap = campaign.pace?.gap
        workers = campaign.workers
        retry = campaign.retry
        let wait = pace.wait(now: moment.wall, uptime: moment.uptime, gap: gap ?? .zero)
        gate = PaceGate(opensAt: moment.elapsed + wait)
    }

    /// The store has told when the next contact is due, by the clock of the turns.
    mutating func note(due: Timestamp, at moment: RunMoment) {
        remaining = .dueAt(moment.elapsed(atLimit: due))
        wallAhead = moment.limit.duration(to: moment.wall)
        dueByWall = moment.wall.advanced(by: max(moment.limit.duration(to: due), .zero))
    }

    /// Whether the next contact waits for a time of the wall clock, which can be set meanwhile: for its window, or for
    /// the end of a time in which its list holds it back.
    func waitsForWallClock(_ window: CallingWindow?, at now: Duration) -> Bool {
        guard cause == .other, isNextHeldBack || window?.zone == .contact, case .dueAt(let due) = remaining else {
            return false
        }
        return due > now
    }

    /// Has the store asked again when the next contact is due, if the wall clock that it waits for has been set.
    mutating func recheckWallClock(_ window: CallingWindow?, at moment: RunMoment) {
        guard let wallAhead, waitsForWallClock(window, at: moment.elapsed) else { return }
        let step = moment.limit.duration(to: moment.wall) - wallAhead
        if max(step, .zero - step) > InstanceState.longWait { remaining = .unknown }
    }

    /// Whether a contact may be due at a time.
    func mayHaveDueContacts(at now: Duration) -> Bool {
        switch remaining {
        case .none: false
        case .dueAt(let due): due <= now
        case .unknown: true
        }
    }

    /// Whether its pace and its workers allow another call to begin.
    func mayBegin(at now: Duration) -> Bool { inFlight < workers && gate.isOpen(at: now) }

    mutating func begin(at now: Duration) {
        if let gap { gate.pass(at: now, gap: gap) }
        inFlight += 1
    }

    mutating func end() { inFlight -= 1 }

    /// Until when the next contact is held back by its list; nil when it is not.
    func heldBackUntil(at moment: RunMoment) -> Timestamp? {
        guard inFlight == 0, isNextHeldBack, case .dueAt(let due) = remaining, due > moment.elapsed else { return nil }
        return dueByWall
    }

    /// The wait for the next contact, if it is not for a retry.
    func wait(at moment: RunMoment) -> WaitReason? {
        guard inFlight == 0, case .dueAt(let due) = remaining, due > moment.elapsed else { return nil }
        let until = moment.wall.advanced(by: due - moment.elapsed)
        return switch cause {
        case .redial: .redial(until: until)
        case .person: .person(until: until)
        case .events: .events(until: until)
        case .other: nil
        }
    }

    /// When the next contact is due, if the wait is longer than any retry of ours, which means that Z-API asked for it.
    func throttledUntil(at moment: RunMoment) -> Timestamp? {
        guard inFlight == 0, cause == .other, case .dueAt(let due) = remaining else { return nil }
        let wait = due - moment.elapsed
        return wait > max(retry.longest, InstanceState.longWait) ? moment.wall.advanced(by: wait) : nil
    }
}
