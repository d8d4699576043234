import CampaignCore
import CampaignRunner
import CampaignStore

/// When a campaign will end, by the rules of `plan`.
struct RunForecast: Sendable {
    let campaign: Campaign
    let reader: StoreReader

    /// When the last call ends; nil while that cannot be determined. Not before the last contact may be called: some wait
    /// for days (`perPerson`, `redial`).
    func end(of progress: RunProgress, now: Timestamp, uptime: Uptime) -> Timestamp? {
        pacedEnd(of: progress, now: now, uptime: uptime).map { max($0, lastTurn(now: now, uptime: uptime) ?? $0) }
    }

    /// When the last contact that waits for a time may be called; nil when none does.
    private func lastTurn(now: Timestamp, uptime: Uptime) -> Timestamp? {
        guard let limits = try? reader.limits(of: campaign, now: now, boot: uptime.boot) else { return nil }
        var rules = TurnRules(
            now: now,
            limitNow: LimitClock.moment(wall: now, uptime: uptime, believedOffset: limits.believedOffset))
        rules.gate = ContactWindow(of: campaign)
        rules.longestWait = max(campaign.retry.longest, CallDecision.longestThrottle)
        rules.perPerson = campaign.perPerson
        return [
            try? reader.lastTurn(campaign: campaign.name, rules), try? reader.lastRedial(campaign: campaign.name),
        ].compactMap(\.self).max()
    }

    private func pacedEnd(of progress: RunProgress, now: Timestamp, uptime: Uptime) -> Timestamp? {
        let counts = progress.counts
        guard let forecast = self.forecast(of: counts, now: now, uptime: uptime) else { return nil }
        guard forecast.rate.perHour == nil else { return forecast.endsAt }
        // With the speed of Z-API's replies, which only the run itself knows.
        let done = counts.finished - progress.finishedAtStart
        guard done > 0 else { return nil }
        return now.advanced(by: progress.elapsed / done * (counts.total - counts.finished))
    }

    /// The same before a run; nil also when it is as fast as Z-API replies.
    func end(now: Timestamp, uptime: Uptime) -> Timestamp? {
        guard let counts = try? reader.counts(campaign: campaign.name),
            let forecast = self.forecast(of: counts, now: now, uptime: uptime), forecast.rate.perHour != nil
        else { return nil }
        return forecast.endsAt.map { max($0, lastTurn(now: now, uptime: uptime) ?? $0) }
    }

    /// What cannot be forecast is not shown; the run itself reports errors of the database.
    private func forecast(of counts: StateCounts, now: Timestamp, uptime: Uptime) -> CallForecast? {
        guard let limits = try? reader.limits(of: campaign, now: now, boot: uptime.boot),
            let heldBack = try? reader.heldBack(campaign: campaign.name, at: now)
        else { return nil }
        var baseline = ForecastBaseline(of: campaign, limits, now: now, uptime: uptime, calendar: campaign.calendar)
        baseline.heldBack = heldBack
        return CallForecast(
            of: campaign, contacts: counts.ready + counts.dialing, baseline: baseline, now: now,
            calendar: ContactClocks.calendar(of: campaign))
    }
}

/// When forecasts are computed: that of each campaign at most every 15 seconds, one after the other. However large the
/// database and however many campaigns, they use little of the machine.
struct ForecastSchedule<Instant: InstantProtocol> where Instant.Duration == Duration {
    private static var interval: Duration { .seconds(15) }
    /// A hundredth of the time goes into forecasts.
    private static var share: Int { 100 }

    /// The time between two opportunities, for which forecasts may be computed at once.
    private let credit: Duration
    private var due: [String: Instant] = [:]
    private var paidUntil: Instant?

    init(credit: Duration) {
        self.credit = credit
    }

    /// The campaign whose forecast is to be computed now; nil when none is.
    mutating func next(of campaigns: [String], at now: Instant) -> String? {
        guard paidUntil.map({ $0 <= now }) ?? true else { return nil }
        // Those that have ended.
        if due.count > campaigns.count { due = due.filter { campaigns.contains($0.key) } }
        let waiting = campaigns.filter { due[$0].map { $0 <= now } ?? true }
        if let first = waiting.first(where: { due[$0] == nil }) { return first }
        return waiting.min { first, second in
            guard let first = due[first], let second = due[second] else { return false }
            return first < second
        }
    }

    /// A forecast was computed.
    mutating func note(_ campaign: String, took time: Duration, at now: Instant) {
        due[campaign] = now.advanced(by: max(Self.interval, time * Self.share))
        let earliest = now.advanced(by: .zero - credit)
        paidUntil = max(paidUntil ?? earliest, earliest).advanced(by: time * Self.share)
    }
}
