import CampaignCore
import CampaignRunner
import CampaignStore

/// When a campaign will end, by the rules of `plan`.
struct RunForecast: Sendable {
    let campaign: Campaign
    let reader: StoreReader

    /// When the last call ends; nil while that cannot be determined.
    func end(of progress: RunProgress, now: Timestamp, uptime: Uptime) -> Timestamp? {
        let counts = progress.counts
        let calendar = ContactClocks.calendar(of: campaign)
        // What cannot be forecast is not shown; the run itself reports errors of the database.
        guard let limits = try? reader.limits(of: campaign, now: now, boot: uptime.boot) else { return nil }
        let baseline = ForecastBaseline(
            of: campaign, limits, now: now, uptime: uptime, calendar: campaign.calendar)
        let forecast = CallForecast(
            of: campaign, contacts: counts.ready + counts.dialing, baseline: baseline, now: now, calendar: calendar)
        guard forecast.rate.perHour == nil else { return forecast.endsAt }
        // With the speed of Z-API's replies, which only the run itself knows.
        let done = counts.finished - progress.finishedAtStart
        guard done > 0 else { return nil }
        return now.advanced(by: progress.elapsed / done * (counts.total - counts.finished))
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
