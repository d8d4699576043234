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
    /// - Parameter reportsWaits: whether a long wait is something that the user should know about immediately.
    /// - Returns: what the user should know about immediately; nil when that is nothing.
    mutating func note(
        _ progress: RunProgress, at now: ContinuousClock.Instant, reportsWaits: Bool
    ) -> ProgressEvent? {
        let before = latest
        latest = progress
        notedAt = now
        let isBack = progress.counts.dialing > 0 && reportedWait != nil
        if isBack { reportedWait = nil }
        let isWaiting = waitHasBegun(progress) && reportsWaits
        guard let before else { return .start }
        let isOther = progress.isStopping != before.isStopping || Self.troubled(progress) != Self.troubled(before)
        return isBack || isWaiting || isOther ? .change : nil
    }

    /// Whether a long wait has begun that has not been reported.
    private mutating func waitHasBegun(_ progress: RunProgress) -> Bool {
        guard !progress.isStopping, let wait = progress.waitsFor, wait.isLong, wait != reportedWait else {
            return false
        }
        reportedWait = wait
        return true
    }

    /// The names of the instances that are not in use; what is said of one may change every time that it is looked at.
    private static func troubled(_ progress: RunProgress) -> Set<Substring> {
        Set(progress.troubles.map { $0.prefix { $0 != ":" } })
    }

    /// Its progress in words; nil while there is none.
    func text(at now: ContinuousClock.Instant, language: Language) -> ProgressText? {
        latest.map { progress in
            ProgressText(
                progress.aged(by: now - notedAt), of: campaign, endsAt: endsAt, now: SystemEnvironment.now(),
                language: language)
        }
    }

    /// Its progress for machines; nil while there is none.
    func document(_ event: ProgressEvent, at now: ContinuousClock.Instant) -> ProgressDocument? {
        latest.map { progress in
            ProgressDocument(
                event, progress.aged(by: now - notedAt), of: campaign, endsAt: endsAt, now: SystemEnvironment.now())
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
