import CampaignCore

/// How checks and calls change an instance's condition.
extension InstanceState {
    /// An instance that is not connected is checked again after this time, then twice this time, and so on.
    private static let firstRecheck = Duration.seconds(5)
    private static let longestRecheck = Duration.seconds(300)
    /// How many calls in a row may be refused because it is not connected, while `/status` says that it is.
    private static let maxDisconnectsInARow = 3
    /// The weight of a slow reply after a faster one.
    private static let slownessKept = 0.875

    // MARK: Checks

    /// When its health is to be checked next, nil while it is being checked, and if
    /// it will never be checked again.
    var nextHealthCheck: Duration? { isBeingChecked || isMisconfigured ? nil : max(nextCheckAt, restsUntil) }

    /// What is known about its health is too old: it must be checked before the next call.
    mutating func forgetHealth() {
        switch condition {
        case .misconfigured, .quarantined, .unknown: return
        case .connected, .disconnected, .unreachable, .neverReached: condition = .unknown
        }
        nextCheckAt = .zero
    }

    /// Its health has been checked.
    mutating func note(_ health: InstanceHealth, at moment: RunMoment) {
        isBeingChecked = false
        guard !checkIsOutdated else {
            checkIsOutdated = false
            nextCheckAt = moment.elapsed
            return
        }
        let again = eventChecks.noteEnd(at: moment.elapsed)
        defer { if let again { nextCheckAt = min(nextCheckAt, again) } }
        guard !isMisconfigured else { return }
        switch health {
        case .connected:
            failedChecksInARow = 0
            queuedItems = nil
            nextCheckAt = moment.elapsed + healthInterval
            if moment.elapsed >= restsUntil {
                restReason = nil
                change(to: .connected, at: moment)
            }
        case .disconnected(let why):
            planRecheck(at: moment)
            wantsProviderQueueRead = true
            change(to: .disconnected(why), at: moment)
        case .misconfigured(let why):
            change(to: .misconfigured(why), at: moment)
        case .unreachable(let why):
            planRecheck(at: moment)
            change(to: wasReached ? .unreachable(why) : .neverReached(why), at: moment)
        }
        if mustRest(at: moment), !isMisconfigured, let restReason {
            change(to: .quarantined(restReason), at: moment)
        }
        if case .unreachable = health { return }
        wasReached = true
    }

    private mutating func planRecheck(at moment: RunMoment) {
        failedChecksInARow += 1
        let policy = RetryPolicy(first: Self.firstRecheck, longest: Self.longestRecheck)
        nextCheckAt = moment.elapsed + policy.backoff(afterFailures: failedChecksInARow, random: 1)
    }

    mutating func change(to new: Condition, at moment: RunMoment) {
        let before = word
        condition = new
        if word != before { since = moment.wall }
    }

    /// Its provider queue has been read; nil when it could not be.
    mutating func noteProviderQueueRead(items: Int?) {
        isReadingProviderQueue = false
        if let items, !isUsable { queuedItems = items }
    }

    // MARK: Calls

    /// A call on it has ended.
    ///
    /// - Parameter policy: determines how rests grow.
    mutating func end(
        effect: CallDecision.Instance, result: AttemptResult, policy: RetryPolicy, at moment: RunMoment
    ) {
        inFlight -= 1
        let error = result.error
        let latency = Duration.milliseconds(result.latencyMilliseconds)
        slowestReply = max(latency, (slowestReply ?? .zero) * Self.slownessKept)
        switch effect {
        case .unchanged: break
        case .works:
            failuresInARow = 0
            disconnectsInARow = 0
            quarantine.noteSuccess()
            if result.outcome == .accepted { undelivered.noteAccepted() }
            if let reason = refusals.reason, !isMisconfigured { change(to: .misconfigured(reason), at: moment) }
        case .fails:
            failuresInARow = 0
            // A call that began before the rest brings no new information.
            guard isUsable, let rest = quarantine.noteFailure(policy) else { break }
            take(rest, because: error ?? "no reason given", at: moment)
        case .waits(let wait, unreachable: false):
            guard moment.elapsed + wait > gate.opensAt else { break }
            gate.holdUntil(moment.elapsed + wait)
            (heldUntil, holdReason) = (moment.wall.advanced(by: wait), error ?? "no reason given")
        case .waits(let wait, unreachable: true):
            // Not the gate: its state is stored, and a run that starts when the network is back need not wait.
            // Calls that fail together count as one failure.
            guard isUsable else { break }
            failuresInARow += 1
            nextCheckAt = moment.elapsed + wait
            change(to: .unreachable(error ?? "unreachable"), at: moment)
        case .disconnects:
            // Calls that are refused together count as one refusal.
            guard isUsable else { break }
            noteDisconnect(error ?? "not connected", at: moment)
        case .misconfigured:
            // A call that began before, also with other credentials, brings no new information.
            if let gotCredentialsAt, moment.elapsed - latency < gotCredentialsAt { break }
            if refusals.reason == nil || !isMisconfigured {
                change(to: .misconfigured(error ?? "no reason given"), at: moment)
            }
        }
    }

    /// It rests for a while after several failures in a row.
    mutating func take(_ rest: Duration, because reason: String, at moment: RunMoment) {
        restsUntil = moment.elapsed + rest
        restEnds = moment.wall.advanced(by: rest)
        nextCheckAt = restsUntil
        change(to: .quarantined(reason), at: moment)
    }

    /// A call was refused because the instance is not connected: its health is checked until it is. If `/status` says
    /// all along that it is connected, that would never end.
    private mutating func noteDisconnect(_ why: String, at moment: RunMoment) {
        disconnectsInARow += 1
        guard disconnectsInARow < Self.maxDisconnectsInARow else {
            return change(to: .misconfigured("\(why); but /status says that it is connected"), at: moment)
        }
        failedChecksInARow = disconnectsInARow - 1
        planRecheck(at: moment)
        wantsProviderQueueRead = true
        change(to: .disconnected(why), at: moment)
    }
}
