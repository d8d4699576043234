/// What `begin` needs to know of a run.
package struct RunStart: Sendable {
    /// The campaign's name.
    package var campaign: String
    /// The instances of the run, in order; their place in this list is their index from here on.
    package var instances: [Instance]
    /// Whether a possible second ring is accepted (`inDoubt: retry`).
    package var retriesDoubt: Bool
    /// Attempts allowed in all, for doubts that are put back.
    package var attempts: Int
    /// How long a call rings, in seconds, where a contact has no duration of its own.
    package var callDuration: Int
    /// The most attempts that can be under way at once; bounds what may have to be spooled.
    package var workers: Int
    /// The IANA name of the zone in which its days begin; nil is the machine's own.
    package var timeZone: String?
    /// The present moment.
    package var now: Timestamp
    /// The same moment on a clock that nobody sets.
    package var uptime: Uptime

    /// The start of a run of `campaign` at `now`.
    package init(campaign: Campaign, now: Timestamp, uptime: Uptime) {
        self.campaign = campaign.name
        instances = campaign.instances
        retriesDoubt = campaign.inDoubt == .retry
        attempts = campaign.retry.attempts
        callDuration = campaign.callDuration
        workers = campaign.workers
        timeZone = campaign.window?.timeZone
        self.now = now
        self.uptime = uptime
    }
}
