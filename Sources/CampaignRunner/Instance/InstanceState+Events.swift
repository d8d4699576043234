import CampaignCore

/// What webhooks say about an instance. Anybody who knows their address can forge one: an event can make it pause and be
/// checked, and no more than that.
extension InstanceState {
    // MARK: Connection

    /// It says that it is not connected: it is not used until `/status` has been asked.
    mutating func noteSaidDisconnected(at moment: RunMoment) {
        switch condition {
        case .connected, .unknown: break
        // Not in use, and checked before it is again.
        case .disconnected, .unreachable, .neverReached, .misconfigured, .quarantined: return
        }
        guard planEventCheck(at: moment.elapsed) else { return }
        condition = .unknown
    }

    /// It says that it is connected again: `/status` is asked at once, instead of when that is due.
    mutating func noteSaidConnected(at moment: RunMoment) {
        switch condition {
        case .disconnected, .unreachable, .neverReached: _ = planEventCheck(at: moment.elapsed)
        case .connected, .unknown, .misconfigured, .quarantined: break
        }
    }

    /// - Returns: whether it is checked now.
    private mutating func planEventCheck(at now: Duration) -> Bool {
        guard let check = eventChecks.ask(at: now) else { return false }
        nextCheckAt = min(nextCheckAt, check)
        guard check <= now else { return false }
        // One that is under way may have been answered before the event.
        if isBeingChecked { checkIsOutdated = true }
        return true
    }

    // MARK: Rests

    /// Whether it has to rest, whatever `/status` says.
    func mustRest(at moment: RunMoment) -> Bool { restReason != nil && moment.elapsed < restsUntil }

    /// It has to rest, whatever `/status` says, because of what became of its calls.
    mutating func rest(until: Timestamp, because reason: String, at moment: RunMoment) {
        let end = moment.elapsed(atWall: until)
        guard until > moment.wall, restReason == nil || end > restsUntil else { return }
        (restsUntil, restEnds, restReason) = (end, until, reason)
        nextCheckAt = end
        if !isMisconfigured { change(to: .quarantined(reason), at: moment) }
    }

    /// It need not rest any longer: a person has decided so.
    mutating func release(at moment: RunMoment) {
        (restsUntil, restEnds, restReason) = (.zero, nil, nil)
        (quarantine, undelivered) = (Quarantine(), UndeliveredStreak())
        guard case .quarantined = condition else { return }
        condition = .unknown
        nextCheckAt = moment.elapsed
    }

    /// What the store says about its rest applies, also when somebody has ended it there.
    mutating func adoptRest(_ snapshot: InstanceSnapshot, at moment: RunMoment) {
        if let until = snapshot.quarantinedUntil, until > moment.wall {
            rest(until: until, because: snapshot.quarantineReason ?? "its calls were not delivered", at: moment)
        } else if restReason != nil {
            release(at: moment)
        }
    }

    // MARK: Calls

    /// A call that Z-API had accepted through it has failed.
    ///
    /// - Parameter policy: determines how rests grow.
    mutating func note(_ failure: DeliveryFailure, _ policy: RetryPolicy, at moment: RunMoment) {
        switch failure {
        case .notQueued, .other: break
        // These concern the person or the campaign; or the store counts them, and says when the instance must rest.
        case .noWhatsApp, .badAudio, .badRequest, .unknown, .rejectedByWhatsApp, .shadowBan: return
        }
        guard isUsable, let rest = undelivered.noteFailure(policy) else { return }
        take(rest, because: "accepted calls were not delivered (\(failure.rawValue))", at: moment)
    }
}

/// The checks that events ask for: at once, but not over and over. Whoever forges events could otherwise keep an
/// instance from being used.
struct EventChecks: Equatable {
    /// The minimum time from the end of such a check to the next one: meanwhile the instance is used.
    static let gap = Duration.seconds(5)

    /// Whether such a check is due or under way.
    private var isAsked = false
    /// Whether another event has come meanwhile.
    private var isAskedAgain = false
    private var mayBeginAt = Duration.zero

    /// An event asks for a check.
    ///
    /// - Returns: when it may begin; nil when that depends on one that is due or under way.
    mutating func ask(at now: Duration) -> Duration? {
        guard !isAsked else {
            isAskedAgain = true
            return nil
        }
        guard mayBeginAt <= now else { return mayBeginAt }
        isAsked = true
        return now
    }

    /// A check has ended, and says how the instance is now.
    ///
    /// - Returns: when to check again because of an event that came meanwhile; nil when none has.
    mutating func noteEnd(at now: Duration) -> Duration? {
        guard isAsked else { return nil }
        defer { (isAsked, isAskedAgain) = (false, false) }
        mayBeginAt = now + Self.gap
        return isAskedAgain ? mayBeginAt : nil
    }
}

/// Accepted calls of an instance that failed afterwards, without their contacts being the reason. Delivery events come
/// a moment after the reply, so that other calls are accepted between two failures in a row.
struct UndeliveredStreak: Equatable {
    /// With more accepted calls than this between two failures, these do not count as being in a row.
    static let maxAcceptedBetween = 2

    private var acceptedSince = 0
    private var quarantine = Quarantine()

    mutating func noteAccepted() {
        acceptedSince += 1
        if acceptedSince > Self.maxAcceptedBetween { quarantine.noteSuccess() }
    }

    /// - Returns: how long the instance is to rest; nil when it may continue.
    mutating func noteFailure(_ policy: RetryPolicy) -> Duration? {
        acceptedSince = 0
        return quarantine.noteFailure(policy)
    }
}
