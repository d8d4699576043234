import CampaignCore
import CampaignStore
import Foundation

/// The status of one campaign, during a run or not.
struct CampaignStatus {
    let campaign: String
    private let counts: StateCounts
    private let outcomes: OutcomeCounts
    /// How many replies that concern it wait for a decision.
    private let repliesWaiting: Int
    /// What is heard of its instances; of those without an address for webhooks, nothing.
    private let hearing: [InstanceHearing]
    /// How many contacts are called on a further phone of their row.
    private let movedOn: Int
    private let nextDue: Timestamp?
    private let activity: CampaignActivity
    private let run: RunStatus?
    private let instances: [InstanceReport]
    private let now: Timestamp
    /// The process that is dialing it; nil when none is.
    private let runner: WriterLock.Holder?
    private let holding: WriterLock.Holding
    /// Formats commands that the user may want next.
    var suggested = SuggestedCommands()

    init(
        _ reader: StoreReader, of campaign: String, holding: WriterLock.Holding, now: Timestamp, uptime: Uptime
    ) throws {
        self.campaign = campaign
        self.now = now
        self.holding = holding
        runner = holding.holder.flatMap { $0.dialing.contains(campaign) ? $0 : nil }
        counts = try reader.counts(campaign: campaign)
        outcomes = try reader.outcomes(campaign: campaign)
        repliesWaiting = try reader.replyCount(ReplyChoice(campaign: campaign, isUndecided: true))
        movedOn = try reader.movedOn(campaign: campaign)
        nextDue = try reader.nextDue(campaign: campaign)
        activity = try reader.activity(campaign: campaign) ?? CampaignActivity()
        let run = try reader.lastRun(campaign: campaign)
        self.run = run
        let zone = run?.timeZone.flatMap(TimeZone.init(identifier:)) ?? .current
        let calendar = WindowCalendar(window: nil, zone: zone)
        let moment = LimitClock.moment(
            wall: now, uptime: uptime, believedOffset: try reader.believedOffset(boot: uptime.boot))
        let known = try reader.instances(campaign: campaign, now: now)
        instances = known.map { InstanceReport($0, calendar: calendar, moment: moment) }
        hearing = try reader.hearing(now: now).filter { heard in known.contains { $0.id == heard.instance } }
    }

    // MARK: For people

    var lines: [String] {
        let states = CallState.allCases.map { "\(counts[$0]) \($0.rawValue)" }.joined(separator: ", ")
        let resume = suggested.command("resume", campaign)
        let replies = suggested.command("replies", "list", campaign)
        return ["\(campaign): \(counts.total.counted("contact")): \(states)"]
            + (outcomes.parts.isEmpty ? [] : ["  \(counts.accepted) accepted · \(outcomes.text)"]) + ["  \(doing)"]
            + (movedOn > 0 ? ["  \(movedOn.counted("contact")) on the next phone of the row (fallback)"] : [])
            + (isBeingCancelled ? ["  being cancelled: none of the ready contacts will be called"] : [])
            + (pause.map { ["  paused \($0.text): resume with `\(resume)`"] } ?? [])
            + (stoppedBecause.map { ["  \(state == .active ? "cannot be dialed" : "last run"): \($0)"] } ?? [])
            + (repliesWaiting > 0 ? ["  \(repliesWaiting.repliesWaiting): `\(replies)`"] : [])
            + instances.map { "  \($0.text(queueShownBy: suggested.command("queue", campaign)))" }
            + alarms.map { "  \($0)" }
    }

    /// What is wrong with its instances, according to webhooks.
    private var alarms: [String] {
        hearing.flatMap { heard in
            [heard.restText(of: campaign, suggested), heard.alarm(of: campaign, suggested)].compactMap(\.self).map {
                "\(heard.name): \($0)"
            }
        }
    }

    private var pause: CampaignPause? { activity.pause }
    private var isBeingCancelled: Bool { activity.isBeingCancelled }

    /// Why it is not dialed; nil when it is, or there is nothing to explain.
    private var stoppedBecause: String? { runner == nil ? activity.stoppedBecause : nil }

    /// A pause wins: nobody dials it, whatever somebody has asked for.
    private var state: CampaignWord {
        if pause != nil { return .paused }
        if activity.isActive || runner != nil { return .active }
        return counts.ready + counts.dialing == 0 ? .done : .idle
    }

    private var doing: String {
        if let runner {
            let waits = run?.activity?.text.map { "; \($0)" } ?? ""
            return "being dialed by \(runner) since \(TimeText.iso(runner.since))\(speed)\(waits)"
        }
        if case .unknown(let why) = holding {
            return "it is not known whether it is being dialed (\(why)): run this as the user who runs the campaign"
        }
        guard let holder = holding.holder, RunLabel.isEnding(holder.command, of: campaign) else { return rest }
        return "\(rest); \(holder) still holds the database"
    }

    /// The activity of a campaign that no process is dialing.
    private var rest: String {
        if state == .active { return "active, but no process dials it\(interrupted): \(start)" }
        if counts.ready + counts.dialing == 0 { return state == .paused ? "everybody has been called" : "done" }
        if let nextDue, nextDue > now {
            return "not running\(interrupted); the next contact is due at \(TimeText.iso(nextDue))"
        }
        return "not running\(interrupted)"
            + (pause == nil && !isBeingCancelled ? "; resume with `\(suggested.command("run", campaign))`" : "")
    }

    private var interrupted: String {
        counts.dialing > 0
            ? "; \(counts.dialing) \(counts.dialing.noun("was", "were")) under way when the run ended" : ""
    }

    /// How to have an active campaign dialed.
    private var start: String {
        let run = "`\(suggested.command("run", campaign))`"
        return RunLabel.isService(holding.holder?.command)
            ? "start it again with \(run)" : "go on with `\(suggested.command("serve"))` or \(run)"
    }

    private var speed: String {
        guard let callsPerHour else { return "" }
        let left = timeLeft.map { ", about \(DurationText.left($0)) left" } ?? ""
        return "; \(Int(callsPerHour.rounded()).counted("contact")) an hour\(left)"
    }

    /// Contacts that the run finishes per hour; nil while that cannot be determined.
    private var callsPerHour: Double? {
        guard runner != nil, let run else { return nil }
        let (done, time) = (counts.finished - run.finishedAtStart, run.begunAt.duration(to: now).inSeconds)
        return done > 0 && time > 0 ? Double(done) / time * 3600 : nil
    }

    /// The time left at that speed; nil while the run waits until a known time, which says more.
    private var timeLeft: Duration? {
        run?.activity?.until.map { $0 > now } ?? false
            ? nil : callsPerHour.map { .seconds(Double(counts.total - counts.finished) / $0 * 3600) }
    }
}

/// What is to become of a campaign, in one word.
private enum CampaignWord: String, Encodable {
    /// Somebody may be called, but nobody has asked for that.
    case idle
    /// It is to be dialed until done, by whichever process can.
    case active
    case paused
    /// Nobody is left to be called.
    case done
}

// MARK: For machines

extension CampaignStatus: Encodable {
    private enum CodingKeys: String, CodingKey {
        case campaign, state, contacts, counts, nextDueAt, running, holder, activity, activityUntil, contactsPerHour,
            secondsLeft
        case instances, pause, beingCancelled, stoppedBecause, happened, alarms, repliesWaiting, onNextPhone
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(campaign, forKey: .campaign)
        try container.encode(state, forKey: .state)
        try container.encode(counts.total, forKey: .contacts)
        try container.encode(counts, forKey: .counts)
        try container.encode(movedOn, forKey: .onNextPhone)
        try container.encode(OutcomeCounts.Document(outcomes), forKey: .happened)
        try container.encode(alarms, forKey: .alarms)
        try container.encode(repliesWaiting, forKey: .repliesWaiting)
        try container.encode(nextDue.flatMap { $0 > .epoch ? $0.json() : nil }, forKey: .nextDueAt)
        // Null when it is not known.
        if case .unknown = holding {
            try container.encodeNil(forKey: .running)
        } else {
            try container.encode(runner != nil, forKey: .running)
        }
        try container.encode(holding == .free ? nil : holding.description, forKey: .holder)
        let waits = runner == nil ? nil : run?.activity
        try container.encode(waits?.word, forKey: .activity)
        try container.encode(waits?.until.map { $0.json() }, forKey: .activityUntil)
        try container.encode(callsPerHour, forKey: .contactsPerHour)
        try container.encode(timeLeft?.components.seconds, forKey: .secondsLeft)
        try container.encode(pause.map(PauseDocument.init), forKey: .pause)
        try container.encode(isBeingCancelled, forKey: .beingCancelled)
        try container.encode(stoppedBecause, forKey: .stoppedBecause)
        try container.encode(instances, forKey: .instances)
    }
}
