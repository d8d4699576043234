package import CampaignCore

/// How a run went.
package struct RunReport: Hashable, Sendable, Codable {
    /// Why it ended.
    package var end: RunEnd
    /// The campaign's contacts by state, at the end of the run.
    package var counts: StateCounts
    /// Whether it stays active, so that a service goes on with it.
    package var staysActive = false

    package init(end: RunEnd, counts: StateCounts, staysActive: Bool = false) {
        self.end = end
        self.counts = counts
        self.staysActive = staysActive
    }
}

/// Why a run ended.
package enum RunEnd: Hashable, Sendable, Codable {
    /// No contact is left to be called, now or later.
    case finished
    /// It was asked to stop, and waited for all calls under way.
    case drained
    /// It was asked to stop without waiting.
    case halted
    /// Too many of the latest calls failed, or of the canary's.
    case braked(BrakeReport)
    /// Z-API says that the audio of its calls cannot be played: a mistake of the whole campaign.
    case badAudio
    /// Nobody may be called now, and the run was not to wait; or the window never opens.
    case notNow(WaitReason)
    /// No instance can be used at present, and the run was not to wait; one line of text for each.
    case away([String])
    /// Z-API refuses every instance; one line of text for each.
    case misconfigured([String])
    /// It was not dialed: campaigns that are being dialed use instances with these names with another token, Client-Token
    /// or address.
    case contradicts([String])
    /// No instance could be reached when the run began; or none can be at present, and the run was not to wait. One
    /// line of text for each.
    case unreachable([String])
    /// The store could not be written to. Results that it could not accept are spooled, except `lostResults`, which
    /// could not be spooled either.
    case storeFailed(StoreError, lostResults: [AttemptResult])
}

/// Why a run was stopped by its brake.
package struct BrakeReport: Hashable, Sendable, Codable {
    /// How many calls failed.
    package var failures: Int
    /// Out of how many.
    package var over: Int
    /// Whether these were the canary calls.
    package var isCanary: Bool
    /// Their errors, the most frequent first.
    package var errors: [ErrorCount]

    /// Nil unless too many calls have failed.
    init?(_ meter: BrakeMeter, isCanary: Bool) {
        guard let failures = meter.tooManyFailures else { return nil }
        self.failures = failures
        over = meter.brake.over
        errors = meter.errors
        self.isCanary = isCanary
    }
}
