import CampaignCore
import CampaignStore
import Foundation
import Reports

/// The status of one campaign, during a run or not.
struct CampaignStatus {
    let campaign: String
    private let facts: CampaignFacts
    private let outcomes: OutcomeCounts
    /// How many contacts are called on a further phone of their row.
    private let movedOn: Int
    private let instances: [InstanceReport]
    private let lastCall: Timestamp?
    /// Formats commands that the user may want next.
    var suggested = SuggestedCommands()

    @inline(never)  // see `RunLoop.open`
    init(
        _ reader: StoreReader, of campaign: String, holding: WriterLock.Holding, now: Timestamp, uptime: Uptime
    ) throws {
        self.campaign = campaign
        let facts = try CampaignFacts(reader, of: campaign, holding: holding, now: now, uptime: uptime)
        self.facts = facts
        outcomes = try reader.outcomes(campaign: campaign)
        movedOn = try reader.movedOn(campaign: campaign)
        lastCall = try reader.lastCall(campaign: campaign)
        instances = facts.instances.map {
            InstanceReport($0, calendar: facts.calendar, moment: facts.moment)
        }
    }

    private var counts: StateCounts { facts.counts }
    private var activity: CampaignActivity { facts.activity }
    private var run: RunStatus? { facts.run }
    private var clock: LocalClock { facts.clock }
    /// The process that is dialing it; nil when none is.
    private var runner: WriterLock.Holder? { facts.runner }
    private var pause: CampaignPause? { activity.pause }
    private var isBeingCancelled: Bool { activity.isBeingCancelled }

    /// Why it is not dialed; nil when it is, or there is nothing to explain.
    private var stoppedBecause: Phrase? { runner == nil ? activity.stoppedBecause : nil }

    private var state: CampaignWord { CampaignWord(activity, counts, isDialed: runner != nil) }

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
        if facts.repliesWaiting > 0 {
            lines.append(Phrase.repliesWaiting(facts.repliesWaiting) + Phrase(verbatim: ": `\(replies)`"))
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
        facts.hearing.flatMap { heard in
            let problems = [
                heard.restPhrase(of: campaign, suggested, clock), heard.silencePhrase(of: campaign, suggested, clock),
            ]
            return problems.compactMap(\.self).map { Phrase(verbatim: "\(heard.name): ") + $0 }
        }
    }

    /// What goes on, apart from its pause, cancellation, obstacle and replies, which have lines of their own.
    private var doing: Phrase {
        var dialing = facts.dialing()
        (dialing.pause, dialing.isBeingCancelled, dialing.stop, dialing.repliesWaiting) = (nil, false, nil, 0)
        let isHalted = pause != nil || isBeingCancelled
        if isHalted { dialing.isActive = false }
        let status = DialingStatus(dialing)
        if let runner {
            let waits = status.word == .dialing || isHalted ? Phrase(verbatim: "") : status.clause(TimeWords(clock))
            return Phrase("being dialed ", "sendo discada ") + .by(runner.phrase) + Phrase(" since ", " desde ")
                + clock.text(runner.since) + speed + (waits.english.isEmpty ? waits : Phrase(verbatim: "; ") + waits)
        }
        if pause != nil, counts.total > 0, dialing.isOver {
            return Phrase("everybody has been called", "já ligou para todos")
        }
        return status.line(of: campaign, suggested, TimeWords(clock), withRemedy: !isHalted)
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
        let (done, time) = (counts.finished - run.finishedAtStart, run.begunAt.duration(to: facts.now).inSeconds)
        return done > 0 && time > 0 ? Double(done) / time * 3600 : nil
    }

    /// The time left at that speed; nil while the run waits until a known time, which says more.
    private var timeLeft: Duration? {
        run?.activity?.until.map { $0 > facts.now } ?? false
            ? nil : callsPerHour.map { .seconds(Double(counts.total - counts.finished) / $0 * 3600) }
    }
}

// MARK: For machines

extension CampaignStatus: Encodable {
    private enum CodingKeys: String, CodingKey {
        case campaign, state, contacts, counts, nextDueAt, running, holder, activity, activityUntil, contactsPerHour,
            secondsLeft
        case instances, pause, beingCancelled, stoppedBecause, happened, alarms, repliesWaiting, onNextPhone, lastCallAt
        case why, whyUntil
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
        try container.encode(facts.repliesWaiting, forKey: .repliesWaiting)
        try container.encode(lastCall?.json(), forKey: .lastCallAt)
        try container.encode(facts.nextDue.flatMap { $0 > .epoch ? $0.json() : nil }, forKey: .nextDueAt)
        // Null when it is not known.
        if case .unknown = facts.holding {
            try container.encodeNil(forKey: .running)
        } else {
            try container.encode(runner != nil, forKey: .running)
        }
        try container.encode(facts.holding == .free ? nil : facts.holding.description, forKey: .holder)
        let waits = runner == nil ? nil : run?.activity
        try container.encode(waits?.word, forKey: .activity)
        try container.encode(waits?.until.map { $0.json() }, forKey: .activityUntil)
        try container.encode(callsPerHour, forKey: .contactsPerHour)
        try container.encode(timeLeft?.components.seconds, forKey: .secondsLeft)
        try container.encode(pause.map(PauseDocument.init), forKey: .pause)
        try container.encode(isBeingCancelled, forKey: .beingCancelled)
        try container.encode(stoppedBecause?.english, forKey: .stoppedBecause)
        try container.encode(instances, forKey: .instances)
        let status = facts.status()
        try container.encode(status.word, forKey: .why)
        try container.encode(status.until?.json(), forKey: .whyUntil)
    }
}
