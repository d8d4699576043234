import CampaignCore

/// How an instance is, in words for people and for the store.
extension InstanceState {
    /// Waits of this length are worth a word of their own.
    static let longWait = Duration.seconds(10)

    /// Why it is not in use, with its name; nil when it is.
    var trouble: String? {
        switch condition {
        case .unknown, .connected: nil
        case .disconnected(let why): "\(name): disconnected: \(why)"
        case .misconfigured(let why): "\(name): misconfigured: \(why)"
        case .quarantined(let why):
            "\(name): quarantined after \(Quarantine.maxFailuresInARow) failures in a row: \(why)"
        case .unreachable(let why), .neverReached(let why): "\(name): \(why)"
        }
    }

    /// How it is, in the words of `status`; nil while that is not known.
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

    /// Until when it is held for longer than its pace holds it; nil when it is not. Z-API asked for that, or an earlier run
    /// left it so.
    mutating func hold(at moment: RunMoment) -> (until: Timestamp, isEarlier: Bool)? {
        let wait = gate.opensAt - moment.elapsed
        guard wait > max(longestGap, Self.longWait) else { return nil }
        let until = moment.wall.advanced(by: wait)
        // Kept as it was first said, unless the clock has been set since.
        if let heldUntil, abs(heldUntil.milliseconds - until.milliseconds) <= 2000 {
            return (heldUntil, holdReason == nil)
        }
        heldUntil = until
        return (until, holdReason == nil)
    }

    /// How it is, for the store; nil while that is not known. On trial it counts as misconfigured until a call is
    /// accepted, and the reason of whatever else happens to it says so too: a run that ends before that forgets nothing.
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
