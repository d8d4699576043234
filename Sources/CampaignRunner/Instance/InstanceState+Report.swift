import CampaignCore

/// The condition of an instance, in words for people and for the store.
extension InstanceState {
    /// Waits of at least this length are reported as such.
    static let longWait = Duration.seconds(10)

    /// Why it is not in use; nil when it is.
    var trouble: String? {
        switch condition {
        case .unknown, .connected: nil
        case .disconnected(let why): "disconnected: \(why)"
        case .misconfigured(let why): "misconfigured: \(why)"
        case .quarantined(let why) where restReason != nil: "quarantined: \(why)"
        case .quarantined(let why): "quarantined after \(Quarantine.maxFailuresInARow) failures in a row: \(why)"
        case .unreachable(let why), .neverReached(let why): why
        }
    }

    /// When it has rested, by the wall clock; nil when it does not rest.
    func restEnd(at moment: RunMoment) -> Timestamp? {
        guard case .quarantined = condition, let restEnds, restEnds > moment.wall else { return nil }
        return restEnds
    }

    /// Its condition, in the words of `status`; nil while it is not known.
    var word: InstanceCondition.Word? {
        switch condition {
        case .unknown: nil
        case .connected: .connected
        case .disconnected: .disconnected
        case .unreachable, .neverReached: .unreachable
        case .misconfigured: .misconfigured
        case .quarantined: .quarantined
        }
    }

    /// Until when it is held back for longer than its pace requires, because Z-API asked for that, or an earlier run
    /// left it so; nil when it is not.
    mutating func hold(at moment: RunMoment) -> (until: Timestamp, isEarlier: Bool)? {
        let wait = gate.opensAt - moment.elapsed
        guard wait > max(longestGap, Self.longWait) else { return nil }
        let until = moment.wall.advanced(by: wait)
        // Reported unchanged, unless the clock has been set since.
        if let heldUntil, abs(heldUntil.milliseconds - until.milliseconds) <= 2000 {
            return (heldUntil, holdReason == nil)
        }
        heldUntil = until
        return (until, holdReason == nil)
    }

    /// Its condition, for the store; nil while it is not known. On trial it counts as misconfigured until a call is
    /// accepted; if anything else happens to it, the reason mentions the trial too, so that a run that ends before
    /// forgets nothing.
    mutating func reportedCondition(at moment: RunMoment) -> InstanceCondition? {
        guard let word, !(isUsable && refusals.isOnTrial) else { return nil }
        switch condition {
        case .unknown, .connected:
            guard let hold = hold(at: moment) else { return InstanceCondition(word: word, since: since) }
            let why = holdReason.map { "Z-API asked to wait: \($0)" } ?? "on hold since an earlier run"
            return InstanceCondition(word: word, reason: why, since: since, until: hold.until)
        case .disconnected(let why), .unreachable(let why), .neverReached(let why), .misconfigured(let why):
            var report = InstanceCondition(word: word, reason: refusals.kept(why), since: since)
            report.queuedItems = queuedItems
            return report
        case .quarantined(let why):
            return InstanceCondition(word: word, reason: refusals.kept(why), since: since, until: restEnds)
        }
    }
}
