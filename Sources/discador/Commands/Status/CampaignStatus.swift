import CampaignCore
import CampaignStore
import Foundation
import Reports

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
    private let lastCall: Timestamp?
    /// On which its times are told.
    private let clock: LocalClock
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
        clock = try reader.clock(of: [campaign])
        lastCall = try reader.lastCall(campaign: campaign)
        let calendar = WindowCalendar(window: nil, zone: clock.zone)
        let moment = LimitClock.moment(
            wall: now, uptime: uptime, believedOffset: try reader.believedOffset(boot: uptime.boot))
        let known = try reader.instances(campaign: campaign, now: now)
        instances = known.map { InstanceReport($0, calendar: calendar, moment: moment) }
        hearing = try reader.hearing(now: now).filter { heard in known.contains { $0.id == heard.instance } }
    }

    // MARK: For people

    func lines(_ language: Language) -> [String] {
        let states = CallState.allCases.map { $0.phrase(counting: counts[$0])[language] }.joined(separator: ", ")
        let first = "\(campaign): \(language.counted(counts.total, .contact)): \(states)"
        return [first] + details.map { "  \($0[language])" }
    }

    private var details: [Phrase] {
        let replies = suggested.command("replies", campaign)
        var lines: [Phrase] = []
        if !outcomes.phrases.isEmpty {
            let accepted = Phrase(
                "\(counts.accepted) accepted", counts.accepted == 1 ? "1 aceita" : "\(counts.accepted) aceitas")
            lines.append(([accepted] + outcomes.phrases).joined(separator: " · "))
        } else if counts.accepted > 0 {
            lines.append(
                Phrase { $0.reportWords.summary(.acceptedMeans) })
        }
        lines.append(doing)
        if let lastCall { lines.append(Phrase("last call: ", "última ligação: ") + clock.text(lastCall)) }
        if movedOn > 0 {
            lines.append(
                Phrase.counted(movedOn, .contact)
                    + Phrase(" on the next phone of the row (fallback)", " no próximo telefone da linha (fallback)"))
        }
        if isBeingCancelled {
            lines.append(
                Phrase(
                    "being cancelled: none of the ready contacts will be called",
                    "sendo cancelada: nenhum contato que aguarda receberá ligação"))
        }
        if let pause { lines.append(paused(pause)) }
        if let stoppedBecause {
            let what =
                state == .active
                ? Phrase("cannot be dialed: ", "não pode ser discada: ") : Phrase("last run: ", "última execução: ")
            lines.append(what + stoppedBecause)
        }
        if repliesWaiting > 0 {
            lines.append(Phrase.repliesWaiting(repliesWaiting) + Phrase(verbatim: ": `\(replies)`"))
        }
        lines += instances.map { $0.phrase(queueShownBy: suggested.command("queue", campaign), clock) }
        return lines + alarms(clock) + [clock.name]
    }

    private func paused(_ pause: CampaignPause) -> Phrase {
        let resume = suggested.command("resume", campaign)
        return Phrase("paused since ", "pausada desde ") + clock.text(pause.since)
            + Phrase(
                ", by \(pause.user) with “\(pause.command)”: resume with `\(resume)`",
                ", por \(pause.user) com “\(pause.command)”: retome com `\(resume)`")
    }

    /// What is wrong with its instances, according to webhooks.
    private func alarms(_ clock: LocalClock) -> [Phrase] {
        hearing.flatMap { heard in
            let problems = [
                heard.restPhrase(of: campaign, suggested, clock), heard.silencePhrase(of: campaign, suggested, clock),
            ]
            return problems.compactMap(\.self).map { Phrase(verbatim: "\(heard.name): ") + $0 }
        }
    }

    private var pause: CampaignPause? { activity.pause }
    private var isBeingCancelled: Bool { activity.isBeingCancelled }

    /// Why it is not dialed; nil when it is, or there is nothing to explain.
    private var stoppedBecause: Phrase? { runner == nil ? activity.stoppedBecause : nil }

    private var state: CampaignWord { CampaignWord(activity, counts, isDialed: runner != nil) }

    /// What happens with it right now, or why nothing does.
    var doing: Phrase {
        if let runner {
            let waits = run?.activity?.phrase(clock).map { Phrase(verbatim: "; ") + $0 } ?? Phrase(verbatim: "")
            return Phrase("being dialed ", "sendo discada ") + .by(runner.phrase) + Phrase(" since ", " desde ")
                + clock.text(runner.since) + speed + waits
        }
        if case .unknown(let why) = holding {
            return Phrase("it is not known whether it is being dialed (", "não se sabe se ela está sendo discada (")
                + why
                + Phrase(
                    "): run this as the user who runs the campaign",
                    "): execute este comando como o usuário que disca a campanha")
        }
        guard let holder = holding.holder, RunLabel.isEnding(holder.command, of: campaign) else { return rest }
        return rest
            + Phrase("; \(holder) still holds the database", "; \(holder.phrase.portuguese) ainda usa o banco de dados")
    }

    /// The activity of a campaign that no process is dialing.
    private var rest: Phrase {
        if state == .active {
            return Phrase("active, but no process dials it", "ativa, mas nenhum processo a disca") + interrupted
                + Phrase(verbatim: ": ") + start
        }
        if counts.ready + counts.dialing == 0 {
            return state == .paused
                ? Phrase("everybody has been called", "já ligou para todos") : Phrase("done", "concluída")
        }
        let idle = Phrase("not running", "não está em execução") + interrupted
        if let nextDue, nextDue > now {
            return idle
                + Phrase("; the next contact is due at ", "; o próximo contato é a partir de ") + clock.text(nextDue)
        }
        guard pause == nil, !isBeingCancelled else { return idle }
        let run = suggested.command("run", campaign)
        return idle + Phrase("; resume with `\(run)`", "; continue com `\(run)`")
    }

    private var interrupted: Phrase {
        let count = counts.dialing
        guard count > 0 else { return Phrase(verbatim: "") }
        return Phrase(
            "; \(count) \(count == 1 ? "was" : "were") under way when the run ended",
            "; \(count) \(count == 1 ? "estava" : "estavam") em andamento quando a execução terminou")
    }

    /// How to have an active campaign dialed.
    private var start: Phrase {
        let run = "`\(suggested.command("run", campaign))`"
        let serve = "`\(suggested.command("serve"))`"
        return RunLabel.isService(holding.holder?.command)
            ? Phrase("start it again with \(run)", "inicie de novo com \(run)")
            : Phrase("go on with \(serve) or \(run)", "continue com \(serve) ou \(run)")
    }

    private var speed: Phrase {
        guard let callsPerHour else { return Phrase(verbatim: "") }
        let left =
            timeLeft.map {
                Phrase(", about \(DurationText.left($0)) left", ", faltam cerca de \(DurationText.left($0))")
            }
            ?? Phrase(verbatim: "")
        return Phrase(verbatim: "; ") + Phrase.counted(Int(callsPerHour.rounded()), .contact)
            + Phrase(" an hour", " por hora")
            + left
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

// MARK: For machines

extension CampaignStatus: Encodable {
    private enum CodingKeys: String, CodingKey {
        case campaign, state, contacts, counts, nextDueAt, running, holder, activity, activityUntil, contactsPerHour,
            secondsLeft
        case instances, pause, beingCancelled, stoppedBecause, happened, alarms, repliesWaiting, onNextPhone, lastCallAt
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(campaign, forKey: .campaign)
        try container.encode(state, forKey: .state)
        try container.encode(counts.total, forKey: .contacts)
        try container.encode(counts, forKey: .counts)
        try container.encode(movedOn, forKey: .onNextPhone)
        try container.encode(OutcomeCounts.Document(outcomes), forKey: .happened)
        try container.encode(alarms(.iso).map(\.english), forKey: .alarms)
        try container.encode(repliesWaiting, forKey: .repliesWaiting)
        try container.encode(lastCall?.json(), forKey: .lastCallAt)
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
        try container.encode(stoppedBecause?.english, forKey: .stoppedBecause)
        try container.encode(instances, forKey: .instances)
    }
}
