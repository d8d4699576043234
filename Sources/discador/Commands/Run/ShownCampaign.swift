import CampaignCore
import CampaignRunner

/// A campaign under way, as far as a display knows it.
struct ShownCampaign {
    let campaign: Campaign
    let forecast: RunForecast?
    private(set) var latest: RunProgress?
    /// When it is forecast to end.
    var endsAt: Timestamp?
    private var notedAt = SystemEnvironment.clock.now
    /// The long wait that was last reported; nil once a call has begun since.
    private var reportedWait: WaitReason?

    init(_ campaign: Campaign, _ forecast: RunForecast?) {
        self.campaign = campaign
        self.forecast = forecast
    }

    /// The same after its file has been read again.
    func read(again campaign: Campaign, _ forecast: RunForecast?) -> ShownCampaign {
        var shown = ShownCampaign(campaign, forecast)
        shown.latest = latest
        shown.notedAt = notedAt
        shown.endsAt = endsAt
        shown.reportedWait = reportedWait
        return shown
    }

    /// Stores the latest progress.
    ///
    /// - Returns: whether a long wait has begun that the user should know about immediately.
    mutating func note(_ progress: RunProgress, at now: ContinuousClock.Instant) -> Bool {
        latest = progress
        notedAt = now
        if progress.counts.dialing > 0 { reportedWait = nil }
        guard !progress.isStopping, let wait = progress.waitsFor, wait.isLong, wait != reportedWait else {
            return false
        }
        reportedWait = wait
        return true
    }

    /// Its progress in words; nil while there is none.
    func text(at now: ContinuousClock.Instant) -> ProgressText? {
        latest.map { progress in
            ProgressText(progress.aged(by: now - notedAt), of: campaign, endsAt: endsAt, now: SystemEnvironment.now())
        }
    }
}

extension WaitReason {
    /// Whether it may take so long that the user should know immediately.
    fileprivate var isLong: Bool {
        switch self {
        case .window, .cap, .ringing, .asked, .heldBack, .rest: true
        case .pace, .retry, .redial, .person, .events, .answers, .replies, .instance, .canary, .contacts: false
        }
    }
}
