import CampaignCore
import CampaignRunner
import CampaignStore

/// Shows the progress of whatever a service dials, when its user has asked for that.
struct ServedProgress: Sendable {
    private let display: ProgressDisplay
    private let store: CampaignStore

    init(_ display: ProgressDisplay, _ store: CampaignStore) {
        self.display = display
        self.store = store
    }

    /// A campaign begins: what follows of it is shown until it ends.
    func watch(_ campaign: Campaign) -> DialingSession.Watch {
        display.add(
            campaign: campaign, forecast: (try? store.reader()).map { RunForecast(campaign: campaign, reader: $0) })
        return DialingSession.Watch(
            onProgress: { display.note($0, of: campaign.name) }, onEnd: { display.end(campaign: campaign.name) })
    }
}
