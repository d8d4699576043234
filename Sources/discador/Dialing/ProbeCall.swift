import CampaignCore
import CampaignFile

/// One call to the user's own number, to see what Z-API tells about it.
///
/// It is a campaign of its own, with one contact, which is imported and dialed like any other: every rule about who may
/// be called holds, and its attempt is recorded like any other.
struct ProbeCall: Codable, Sendable {
    /// The campaign whose file says how to call.
    var source: String
    /// The name of the probe's own campaign.
    var campaign: String
    /// The instance that places the call, by its name in the campaign file.
    var instance: String
    /// Whether it is placed outside the calling window.
    var ignoresWindow: Bool

    /// A name that no other probe has: each is a campaign of its own, since a number is never called twice in one.
    static func campaign(at moment: Timestamp) -> String {
        let digits = moment.iso8601(utcOffset: 0, withMilliseconds: true).filter(\.isNumber)
        return "webhooks-probe-\(digits)"
    }

    /// The probe's campaign, from the one that it is a probe of. What concerns many contacts does not apply to one.
    func applied(to loaded: LoadedCampaign) throws(Failure) -> LoadedCampaign {
        var probe = loaded
        var campaign = Campaign(name: campaign, instances: try loaded.campaign.instances(named: instance))
        campaign.country = loaded.campaign.country
        campaign.callDuration = loaded.campaign.callDuration
        campaign.timeout = loaded.campaign.timeout
        campaign.healthInterval = loaded.campaign.healthInterval
        campaign.window = ignoresWindow ? nil : loaded.campaign.window
        campaign.hasWrittenWindow = loaded.campaign.hasWrittenWindow
        campaign.perPerson = loaded.campaign.perPerson
        campaign.optOut = loaded.campaign.optOut
        campaign.callAudioURL = loaded.campaign.callAudioURL
        campaign.queueWhileDisconnected = loaded.campaign.queueWhileDisconnected
        campaign.workers = 1
        // A call that failed is seen, not repeated.
        campaign.retry.attempts = 1
        probe.campaign = campaign
        return probe
    }
}
