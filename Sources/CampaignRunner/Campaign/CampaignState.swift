import CampaignCore

/// What the dispatcher knows about one campaign while it is dialed.
///
/// A value: it answers, and neither waits nor writes. The instances belong to the dispatcher, and are passed in where
/// they matter. Times are counted from the start of the dispatcher.
struct CampaignState {
    /// Identifies it in the dispatcher and in the store's batches.
    let number: Int
    /// Shared by all copies: a copy of the whole campaign for each call would cost more than the rest of the call.
    private let constants: Constants
    /// Its calls under way on each of them, by place.
    private(set) var inFlightOn: [Int]
    var demand: CampaignDemand
    var schedule: RunSchedule
    /// The instances whose phones ring until its window closes, with the time at which it opens again, and when to check
    /// that again; by number.
    var fullBacklogs: [Int: (reopens: Timestamp, recheckAt: Duration)] = [:]
    var counts: StateCounts
    var outcomes: OutcomeCounts
    /// Whether the next transaction must count the contacts, because another operation may have changed them.
    var wantsCounts = false
    /// When the contacts are to be counted because events have changed some; nil when none have.
    private(set) var recountAt: Duration?
    private var lastRecount: Duration?
    /// Until when events may tell that somebody did not answer who is called again then.
    private(set) var answersComeUntil: Duration?
    /// Whether Z-API says that its audio cannot be played: no call of it can succeed.
    private(set) var hasBadAudio = false
    /// Whether results of its calls are not on disk yet.
    var hasUnwrittenResults = false
    /// Results that neither the store nor its spool could accept.
    var lostResults: [AttemptResult] = []
    var storeFailure: StoreError?
    var stop: StopRequest?
    var end: RunEnd?
    /// What the store already has; only differences are written.
    var reportedActivity: RunActivity?
    var reportedCanary: CanaryProgress?
    var reportedPace: PaceMoment?
    /// Whether the campaign has expired and the last transaction excluded some of its ready contacts, but not all.
    var isExpiring = false
    /// Whether the window was closed at the last turn, so that health is checked again when it opens.
    var windowWasShut = false
    /// Whether something has happened that it has to consider at the next turn.
    var isNews = true
    /// Whether the last transaction has told that nobody is due for long, which its activity does not say yet.
    var isActivityOutdated = false
    /// When the passing of time may change something for it; nil when only an event can.
    var wakesAt: Duration?
    /// When the last throttled contact is due.
    private(set) var contactsThrottledUntil = Duration.zero
    /// When the last contact is due that this run will call again, for any reason.
    private(set) var contactsRetriedUntil = Duration.zero
    private(set) var brake: RunBrake
    private static let recountGap = Duration.seconds(1)
    private let joinedAt: Duration
    private let finishedAtStart: Int

    init(
        _ dialed: DialedCampaign, number: Int, instances: [Int], snapshot: RunSnapshot, at moment: RunMoment
    ) {
        self.number = number
        constants = Constants(dialed.campaign, dialed.options, instances)
        let campaign = dialed.campaign
        inFlightOn = Array(repeating: 0, count: instances.count)
        demand = CampaignDemand(campaign, pace: snapshot.campaignPace, at: moment)
        schedule = RunSchedule(campaign, calendar: dialed.calendar)
        counts = snapshot.counts
        outcomes = snapshot.outcomes
        finishedAtStart = snapshot.counts.finished
        joinedAt = moment.elapsed
        brake = RunBrake(campaign.brake, canary: snapshot.canary)
        reportedCanary = snapshot.canary.map { .counted($0) }
        if counts.ready == 0 { demand.remaining = .none }
        if let last = snapshot.lastCallAt, wantsAnswers {
            let left = moment.wall.duration(to: last.advanced(by: EventRule.longestRing + EventRule.longestDelay))
            // The clock may have been set back since.
            let longest = EventRule.longestRing + EventRule.longestDelay
            answersComeUntil = moment.elapsed + min(left, longest)
        }
    }

    /// Whether it stays until events have told who did not answer.
    private var wantsAnswers: Bool { options.hearsEvents && options.waits && campaign.redial != nil }

    /// What does not change while it is dialed.
    private final class Constants: Sendable {
        let campaign: Campaign
        let options: RunOptions
        let instances: [Int]
        let places: [Int: Int]

        init(_ campaign: Campaign, _ options: RunOptions, _ instances: [Int]) {
            self.campaign = campaign
            self.options = options
            self.instances = instances
            places = Dictionary(zip(instances, instances.indices)) { first, _ in first }
        }
    }

    var campaign: Campaign { constants.campaign }
    var options: RunOptions { constants.options }
    /// The numbers of its instances, in the order of its list.
    var instances: [Int] { constants.instances }
    /// The place of each of them in that list.
    var places: [Int: Int] { constants.places }

    var inFlight: Int { demand.inFlight }

    /// Whether no further call may begin.
    var isStopping: Bool { stop != nil || storeFailure != nil || brake.report != nil || hasBadAudio }

    /// Whether it would begin calls if an instance let it, now or when contacts are due.
    var wantsCalls: Bool { demand.remaining != .none && !windowWasShut && !isStopping }

    /// How many calls may begin in addition to those under way, while the canary has not been judged.
    var maxNewCalls: Int { brake.maxNewCalls(inFlight: inFlight) }

    /// Whether the canary calls are under way and the others wait for their outcomes.
    var isWatchingCanary: Bool { maxNewCalls == 0 && inFlight > 0 }

    // MARK: Calls

    /// One of its calls has begun, on the instance with this number.
    mutating func begin(on instance: Int, at moment: RunMoment) {
        counts.move(from: .ready, to: .dialing)
        noteBegin(on: instance, at: moment.elapsed)
        // The store need not be asked: otherwise the run would wait for nothing after its last call.
        if counts.ready == 0 { demand.remaining = .none }
    }

    /// The same for a call that is only being planned: the contacts are not counted.
    mutating func noteBegin(on instance: Int, at now: Duration) {
        demand.begin(at: now)
        if let place = places[instance] { inFlightOn[place] += 1 }
    }

    /// A planned call is given up again: everything is as in `before`.
    mutating func restore(_ before: (demand: CampaignDemand, inFlightOn: [Int])) {
        (demand, inFlightOn) = before
    }

    /// One of its calls has ended.
    mutating func end(_ call: ClaimedCall, _ result: AttemptResult, retriedAfter wait: Duration?, at moment: RunMoment)
    {
        if let place = places[call.instance] { inFlightOn[place] -= 1 }
        demand.end()
        if let wait {
            let due = moment.elapsed + wait
            contactsRetriedUntil = max(contactsRetriedUntil, due)
            if result.throttlesInARow > 0 { contactsThrottledUntil = max(contactsThrottledUntil, due) }
        }
        if wantsAnswers, result.state == .accepted {
            let ring = Duration.seconds(call.callDuration ?? campaign.callDuration)
            answersComeUntil = max(answersComeUntil ?? .zero, moment.elapsed + ring + EventRule.longestDelay)
        }
        hasUnwrittenResults = true
        counts.move(from: .dialing, to: result.state)
        // A contact that is ready again may be due next; the next transaction will tell.
        if result.state == .ready { demand.remaining = .unknown }
        brake.note(result)
    }

    // MARK: Events

    /// A call that Z-API had accepted has failed, or is in doubt.
    mutating func note(_ failure: DeliveryFailure, at now: Duration) {
        brake.noteLateFailure("not delivered: \(failure.rawValue)")
        if failure == .badAudio { hasBadAudio = true }
        noteContactsChanged(at: now)
    }

    /// Events have changed contacts. They are counted soon: events may come by the thousand, and counting reads an entry
    /// for every contact.
    mutating func noteContactsChanged(at now: Duration) {
        // The more contacts, the longer a count takes, and the less often there is one.
        let gap = Self.recountGap + .milliseconds(counts.total / 100)
        recountAt = recountAt ?? lastRecount.map { max(now, $0 + gap) } ?? now
    }

    /// Has the contacts counted with the next transaction, if it is time for that.
    ///
    /// - Parameter ends: whether nothing else is left to do: then it is.
    mutating func recountIfDue(at now: Duration, ends: Bool = false) {
        guard let due = recountAt, ends || due <= now else { return }
        (recountAt, lastRecount, wantsCounts) = (nil, now, true)
    }

    // MARK: Progress

    mutating func progress(on instances: inout [InstanceState], at moment: RunMoment) -> RunProgress {
        RunProgress(
            counts: counts, outcomes: outcomes, finishedAtStart: finishedAtStart, elapsed: moment.elapsed - joinedAt,
            waitsFor: isStopping ? .replies(inFlight) : waitReason(on: &instances, at: moment),
            wakesAt: isStopping ? nil : wakesAt.map { $0 - joinedAt },
            troubles: troubles(of: instances), uncheckedInstances: uncheckedInstances(of: instances),
            isStopping: isStopping)
    }
}

/// A request to stop a campaign.
struct StopRequest: Equatable {
    var mode: StopMode
    /// Whether the campaign stays active: another process, or a later one, goes on with it.
    var staysActive: Bool
}
