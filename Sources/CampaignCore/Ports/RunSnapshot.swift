/// What `begin` needs to know about a run.
package struct RunStart: Sendable {
    /// The number by which the caller identifies the campaign until it leaves; no other campaign has it meanwhile.
    package var number: Int
    /// The campaign's name.
    package var campaign: String
    /// The instances of the run, in order.
    package var instances: [Instance]
    /// The numbers by which the caller identifies these instances, in the same order. Campaigns that share an instance
    /// use the same number; once a campaign has begun with it, a number keeps its meaning until the store is closed.
    package var instanceNumbers: [Int]
    /// Whether the run stays open for contacts that come later.
    package var follows: Bool
    /// The canary that somebody has asked for; nil: what is left of an earlier one applies.
    package var canary: CanaryRequest?
    /// Whether a possible second ring is accepted (`inDoubt: retry`).
    package var retriesDoubt: Bool
    /// Attempts allowed in all, for doubts that are requeued.
    package var attempts: Int
    /// How long a call rings, in seconds, for contacts without their own duration.
    package var callDuration: Int
    /// Maximum number of attempts under way at the same time; limits what may have to be spooled.
    package var workers: Int
    /// The IANA name of the time zone in which its days begin; nil means the machine's own.
    package var timeZone: String?
    /// How often one person may be called, over all campaigns; nil means no such limit.
    package var perPerson: PersonLimit?
    /// Whether and when somebody who did not answer is called again; nil means never.
    package var redial: RedialPolicy?
    /// Whether contacts are called on the next phone of their row where one is no use; kept, since that is also learned
    /// while the campaign is not dialed.
    package var fallsBack: Bool
    /// The campaign's own words for opting out; kept, since people reply while it is not dialed too.
    package var optOut: OptOutLists
    /// How long what is about people is kept; nil means forever. Applied while it is not dialed.
    package var retention: Duration?
    /// Its settings, for reports.
    package var settings: [CampaignSetting]
    /// The current time.
    package var now: Timestamp
    /// The same time on a monotonic clock.
    package var uptime: Uptime

    /// - Parameters:
    ///   - number: identifies the campaign.
    ///   - instanceNumbers: identify its instances; nil means their places in its list.
    ///   - follows: whether the run stays open for contacts that come later.
    ///   - canary: that somebody has asked for.
    package init(
        campaign: Campaign, number: Int = 0, instanceNumbers: [Int]? = nil, follows: Bool = false,
        canary: CanaryRequest? = nil, now: Timestamp, uptime: Uptime
    ) {
        self.number = number
        self.instanceNumbers = instanceNumbers ?? Array(campaign.instances.indices)
        self.follows = follows
        self.canary = canary
        self.campaign = campaign.name
        instances = campaign.instances
        retriesDoubt = campaign.inDoubt == .retry
        attempts = campaign.retry.attempts
        callDuration = campaign.callDuration
        workers = campaign.workers
        perPerson = campaign.perPerson
        redial = campaign.redial
        timeZone = campaign.window?.timeZone
        fallsBack = campaign.fallsBack
        optOut = campaign.optOut
        retention = campaign.retention
        settings = campaign.settings
        self.now = now
        self.uptime = uptime
    }
}

/// The state of a campaign when a run of it begins.
package struct RunSnapshot: Sendable {
    /// How many contacts are in each state.
    package var counts: StateCounts
    /// The state of each instance, in the order of the run's list.
    package var instances: [InstanceSnapshot]
    /// The last recorded state of the campaign's own pace.
    package var campaignPace: PaceMark
    /// The offset of the wall clock last trusted since the machine started (``LimitClock/offset``); nil when there is
    /// none yet.
    package var believedOffset: Int64?
    /// Attempts of an earlier run that had no result, and are now in doubt or requeued.
    package var interrupted: Int
    /// Results spooled by an earlier run that are now in the database.
    package var unspooled: Int
    /// What came of the calls so far.
    package var outcomes = OutcomeCounts()
    /// The canary that is to be judged before all are called, with what has been counted of it; nil when there is none.
    package var canary: CanaryState?
    /// When its last call began: events about it may still come. Nil when there was none, or it has been cancelled since.
    package var lastCallAt: Timestamp?

    package init(
        counts: StateCounts,
        instances: [InstanceSnapshot],
        campaignPace: PaceMark,
        interrupted: Int,
        unspooled: Int
    ) {
        self.counts = counts
        self.instances = instances
        self.campaignPace = campaignPace
        self.interrupted = interrupted
        self.unspooled = unspooled
    }
}

/// The state of an instance when a run begins.
package struct InstanceSnapshot: Hashable, Sendable {
    /// The last recorded state of its pace.
    package var pace: PaceMark
    /// The limits of all campaigns that share it.
    package var limits: InstanceLimits
    /// Every quarter of an hour in which it was used, for any campaign.
    package var uses: [QuarterHourUse]
    /// Why it was not in use when a run last checked; nil when it was, or there has been no run.
    package var trouble: String?
    /// Until when it must rest, whatever `/status` says, because of what became of its calls; nil when it need not.
    package var quarantinedUntil: Timestamp?
    /// Why it must.
    package var quarantineReason: String?

    package init(pace: PaceMark, limits: InstanceLimits, uses: [QuarterHourUse] = []) {
        self.pace = pace
        self.limits = limits
        self.uses = uses
    }
}

/// The limits of a campaign's instances, as a run that began now would find them.
package struct LimitSnapshot: Sendable {
    /// The state of each instance, in the order of the campaign's list.
    package var instances: [InstanceSnapshot]
    /// The last recorded state of the campaign's own pace.
    package var campaignPace: PaceMark
    /// The offset of the wall clock last trusted since the machine started (``LimitClock/offset``); nil when there is
    /// none yet.
    package var believedOffset: Int64?

    package init(instances: [InstanceSnapshot], campaignPace: PaceMark, believedOffset: Int64?) {
        self.instances = instances
        self.campaignPace = campaignPace
        self.believedOffset = believedOffset
    }
}
