import CampaignCore
import CampaignStore

/// What the database and its lock say about one campaign: for `status`, and for whoever else tells why nothing is dialed.
struct CampaignFacts {
    let campaign: String
    let now: Timestamp
    /// Whether a process writes to the database, and which.
    let holding: WriterLock.Holding
    let counts: StateCounts
    let activity: CampaignActivity
    /// Its last run; nil when there was none.
    let run: RunStatus?
    /// When the next ready contact is due; nil when none is ready.
    let nextDue: Timestamp?
    /// How many replies that concern it wait for a decision.
    let repliesWaiting: Int
    /// Those that its last run used.
    let instances: [InstanceStatus]
    /// What is heard of them; of those without an address for webhooks, nothing.
    let hearing: [InstanceHearing]
    /// On which its times are told.
    let clock: LocalClock
    /// Now, on the clock of the limits.
    let moment: Timestamp

    /// Reads a few rows, however many contacts there are.
    @inline(never)  // see `RunLoop.open`
    init(
        _ reader: StoreReader, of campaign: String, holding: WriterLock.Holding, now: Timestamp, uptime: Uptime
    ) throws {
        (self.campaign, self.now, self.holding) = (campaign, now, holding)
        counts = try reader.counts(campaign: campaign)
        activity = try reader.activity(campaign: campaign) ?? CampaignActivity()
        run = try reader.lastRun(campaign: campaign)
        nextDue = try reader.nextDue(campaign: campaign)
        repliesWaiting = try reader.replyCount(ReplyChoice(campaign: campaign, isUndecided: true))
        let instances = try reader.instances(campaign: campaign, now: now)
        self.instances = instances
        hearing = try reader.hearing(now: now).filter { heard in instances.contains { $0.id == heard.instance } }
        clock = try reader.clock(of: [campaign])
        moment = LimitClock.moment(
            wall: now, uptime: uptime, believedOffset: try reader.believedOffset(boot: uptime.boot))
    }

    /// The process that dials it; nil when none does, or that is not known.
    var runner: WriterLock.Holder? { holding.holder.flatMap { $0.dialing.contains(campaign) ? $0 : nil } }

    /// How the days of its limits are counted.
    var calendar: WindowCalendar { WindowCalendar(window: nil, zone: clock.zone) }

    /// The same for the rule.
    ///
    /// - Parameter expiresAt: for whoever has read the campaign file; nil when that is not known, or it never expires.
    func dialing(expiresAt: Timestamp? = nil) -> DialingFacts {
        var facts = DialingFacts(campaign, counts, activity, doing: run?.activity, holding, now: now)
        facts.nextDue = nextDue
        facts.repliesWaiting = repliesWaiting
        facts.expiresAt = expiresAt
        facts.instances = instances.map { instance in
            let rest = hearing.first { $0.instance == instance.id }?.rest?.until
            return DialingFacts.Instance(instance, restsUntil: rest, calendar: calendar, moment: moment, now: now)
        }
        return facts
    }

    /// Whether it is being dialed right now, and if not, why.
    ///
    /// - Parameter expiresAt: as in ``dialing(expiresAt:)``.
    func status(expiresAt: Timestamp? = nil) -> DialingStatus { DialingStatus(dialing(expiresAt: expiresAt)) }
}

extension DialingFacts {
    /// What is known without its instances, replies and due times.
    ///
    /// - Parameter doing: what its last run said that it was doing.
    init(
        _ campaign: String, _ counts: StateCounts, _ activity: CampaignActivity, doing: RunActivity?,
        _ holding: WriterLock.Holding, now: Timestamp
    ) {
        self.init(now: now, counts: counts, process: Process(holding, of: campaign))
        isActive = activity.isActive
        isBeingCancelled = activity.isBeingCancelled
        pause = activity.pause.map { Pause(since: $0.since, user: $0.user) }
        stop = activity.stoppedBecause
        // It is of no meaning once the run is over.
        wait = process == .dials ? doing.map(Wait.activity) : nil
    }

    /// The same for a campaign among many.
    init(_ overview: CampaignOverview, _ holding: WriterLock.Holding, now: Timestamp) {
        self.init(overview.name, overview.counts, overview.activity, doing: overview.doing, holding, now: now)
    }
}

extension DialingFacts.Process {
    /// What holds the database, as far as `campaign` is concerned.
    init(_ holding: WriterLock.Holding, of campaign: String) {
        switch holding {
        case .free: self = .none
        case .unknown(let why): self = .unknown(why: why)
        case .held(nil): self = .unnamed
        case .held(let holder?):
            if holder.dialing.contains(campaign) {
                self = .dials
            } else if RunLabel.isService(holder.command) {
                self = .service
            } else if RunLabel.isEnding(holder.command, of: campaign) {
                self = .ending(holder.phrase)
            } else {
                self = RunLabel.isDialing(holder.command) ? .none : .other(holder.phrase)
            }
        }
    }
}

extension DialingFacts.Instance {
    /// - Parameters:
    ///   - rest: until when it must rest because of what webhooks said; nil when it need not.
    ///   - moment: now, on the clock of the limits.
    init(
        _ status: InstanceStatus, restsUntil rest: Timestamp?, calendar: WindowCalendar, moment: Timestamp,
        now: Timestamp
    ) {
        // What is not connected is checked repeatedly; after its rest, a quarantined one is tried.
        let trouble = status.condition.flatMap { condition in
            condition.word == .connected || condition.until.map { $0 <= now } ?? false ? nil : condition
        }
        var allowance = DayAllowance(limits: status.limits, uses: status.uses, calendar: calendar)
        let day = allowance.usage(at: moment)
        let ends = [rest, trouble?.until].compactMap(\.self)
        self.init(
            isUsable: trouble == nil && rest == nil,
            restsUntil: trouble != nil && trouble?.until == nil ? nil : ends.max(),
            leftToday: day.left, dayEnds: allowance.nextDay(after: moment))
    }
}
