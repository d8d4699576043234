import CampaignCore
import CampaignFile
import CampaignRunner
import CampaignStore
import ZAPI

/// How a session dials a campaign.
extension DialingSession {
    /// What a session is for.
    struct Setting {
        var command: String
        var isService: Bool
        var options: GlobalOptions
        /// Where variables are found that a request does not bring; nil means `.env` beside each campaign file.
        var environmentFile: String?
        /// Whether this process receives webhooks.
        var hearsEvents = false
        /// Counts how long Z-API takes for calls; nil: it is not measured.
        var measurements: ServiceMeasurements?
        /// Told what a person should know about the instances of a campaign that begins.
        var onWarning: @Sendable (Phrase) -> Void = { _ in }
        /// Told how campaigns that nobody watches have ended.
        var onEnd: @Sendable (LoadedCampaign, DialEnd) -> Void = { _, _ in }
        /// Asked once for each campaign that begins, by a process that shows all of them; nil: it does not.
        var watch: (@Sendable (Campaign) -> Watch)?
    }

    /// Hears how one campaign goes on.
    struct Watch: Sendable {
        var onProgress: ProgressObservers.Observer
        var onEnd: @Sendable () -> Void
    }

    /// Whether this process receives webhooks.
    var hearsEvents: Bool { setting.hearsEvents }

    func client(of run: Run) -> ZAPIClient {
        let campaign = run.loaded.campaign
        return ZAPIClient(
            instances: campaign.instances, timeout: campaign.timeout, pool: pool, now: SystemEnvironment.now)
    }

    func dialed(_ run: Run, through client: ZAPIClient) -> DialedCampaign {
        var campaign = run.loaded.campaign
        // A call that waits for a connection can no longer be stopped.
        campaign.workers = OpenFileLimit.affordable(connections: campaign.workers)
        var options = run.request.options
        options.hearsEvents = setting.hearsEvents
        let provider: any CallProvider =
            setting.measurements.map { TimedProvider(client, of: campaign, $0) } ?? client
        var dialed = DialedCampaign(
            campaign, options: options, provider: provider, calendar: campaign.calendar,
            onProgress: { [observers = run.observers] in observers.note($0) })
        dialed.gate = ContactWindow(of: campaign)
        dialed.providerQueue = client
        dialed.onHealth = { [notices] in notices.tell($1, instance: $0) }
        let suggested = self.options.suggested()
        dialed.reason = { [campaign] in $0.lastingReason(of: campaign, suggested) }
        return dialed
    }

    /// Has the accounts of a campaign's instances looked at, while it is dialed. It neither waits nor fails for that.
    func review(_ run: Run, through client: ZAPIClient) {
        guard let reader = try? store.reader() else { return }
        let name = run.loaded.campaign.name
        reviews.begin(
            CampaignReview(
                campaign: run.loaded.campaign, client: client, reader: reader, hearsEvents: setting.hearsEvents,
                suggested: options.suggested(),
                tell: { [observers = run.observers, setting] text in
                    let warning = Phrase(verbatim: "\(name): ") + text
                    setting.onWarning(warning)
                    observers.warn(warning)
                }))
    }
}
