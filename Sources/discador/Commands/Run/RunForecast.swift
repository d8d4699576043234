import CampaignCore
import CampaignRunner
import CampaignStore

/// When a run will be over: what `plan` would say at that moment.
struct RunForecast: Sendable {
    let campaign: Campaign
    let reader: StoreReader

    /// When the last call ends; nil while there is nothing to go by.
    func end(of progress: RunProgress, now: Timestamp, uptime: Uptime) -> Timestamp? {
        let counts = progress.counts
        let calendar = ContactClocks.calendar(of: campaign)
        // What cannot be forecast is not shown; the run itself meets whatever is wrong with the database.
        guard let limits = try? reader.limits(of: campaign, now: now, boot: uptime.boot) else { return nil }
        let baseline = ForecastBaseline(
            of: campaign, limits, now: now, uptime: uptime, calendar: campaign.calendar)
        let forecast = CallForecast(
            of: campaign, contacts: counts.ready + counts.dialing, baseline: baseline, now: now, calendar: calendar)
        guard forecast.rate.perHour == nil else { return forecast.endsAt }
        // As fast as Z-API answers, which only the run itself can tell.
        let done = counts.finished - progress.finishedAtStart
        guard done > 0 else { return nil }
        return now.advanced(by: progress.elapsed / done * (counts.total - counts.finished))
    }
}
