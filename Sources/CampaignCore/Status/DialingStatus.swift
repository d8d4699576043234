/// Whether a campaign is being dialed right now, and if not, why: the one rule behind what a run, `status`, lists and
/// pages say.
///
/// Several things can keep calls from being placed at the same time. The first of this table that holds is the answer,
/// because whoever removed another one would still see no call:
///
/// | | word | holds when |
/// |---|---|---|
/// | 1 | `cancelling` | it is being cancelled: a resumed campaign would call nobody either |
/// | 2 | `paused` | it is paused, whoever dials it, and even if nobody is left |
/// | | | **a process dials it** |
/// | 3 | `stopping` | its run has been asked to stop |
/// | 4 | `expired` | it has expired, and contacts are waiting |
/// | 5 | `window` `cap` `instance` `retry` `per_person` `held_back` `canary` `answers` `contacts` `pace` | its run says so; of `contacts`, what is stored counts only while nobody is left |
/// | 6 | `done` | nobody is left |
/// | 7 | `instance` | contacts are waiting, and none of its instances can be used |
/// | 8 | `cap` | contacts are waiting, and those of its instances that can be used have no call left today |
/// | 9 | `retry` | contacts are waiting, none of them is due yet, and no call is under way |
/// | 10 | `dialing` | nothing of that |
/// | | | **no process dials it, as far as is known** |
/// | 11 | `unknown` | it cannot be known whether a process dials it |
/// | 12 | `held` | a process that cannot be named holds the database |
/// | 13 | `expired` | it has expired, and contacts are waiting |
/// | 14 | `brake` `audio` `instance` `contradiction` `obstacle` | it is active, and this is recorded as the reason |
/// | 15 | `held` | it is active, and a process that does something else holds the database |
/// | 16 | `no_process` | it is active |
/// | 17 | `empty` | it has no contacts |
/// | 18 | `doubt` | nobody is left, and calls are in doubt |
/// | 19 | `replies` | nobody is left, and replies wait for a decision |
/// | 20 | `done` | nobody is left |
/// | 21 | `brake` `audio` `instance` `contradiction` `obstacle` | this is recorded as the reason |
/// | 22 | `held` | a process that does something else holds the database |
/// | 23 | `idle` | nothing of that: nobody has asked for it |
package struct DialingStatus: Hashable, Sendable {
    /// The words are shown by `status --json`, and do not change.
    package enum Word: String, CaseIterable, Sendable, Codable {
        /// Calls are being placed, or the last ones are under way.
        case dialing
        /// The next call waits for the pace.
        case pace
        /// The calling window is closed.
        case window
        /// The calls of the day are used up.
        case cap
        /// No instance can be used.
        case instance
        /// Those who wait are not due yet.
        case retry
        /// Whoever comes next has been called as often as `perPerson` allows.
        case perPerson = "per_person"
        /// Its lists hold back everybody who is left.
        case heldBack = "held_back"
        /// The outcomes of its first calls are waited for.
        case canary
        /// What Z-API tells about the last calls is waited for.
        case answers
        /// Everybody has been called, and further contacts are waited for.
        case contacts
        /// Its run ends the calls under way.
        case stopping
        case paused
        case cancelling
        /// It expired before everybody was called.
        case expired
        /// The brake or the canary has stopped it.
        case brake
        /// The sound of its calls cannot be played.
        case audio
        /// A campaign that is being dialed uses an instance of it with other settings.
        case contradiction
        /// Something else is in its way, such as a campaign file that has gone.
        case obstacle
        /// Another process holds the database.
        case held
        /// It is not known whether a process dials it.
        case unknown
        /// It is to be dialed, and no process does.
        case noProcess = "no_process"
        /// Somebody may be called, and nobody has asked for it.
        case idle
        /// It has no contacts.
        case empty
        /// Everybody has been called, and it is not known whether some of the calls rang.
        case doubt
        /// Everybody has been called, and replies wait for a decision.
        case replies
        case done
    }

    package let word: Word
    /// Until when; nil when that is not known, or nothing ends by itself.
    package let until: Timestamp?
    let facts: DialingFacts

    /// The answer for these facts.
    package init(_ facts: DialingFacts) {
        let answer = Self.answer(facts)
        (word, until, self.facts) = (answer.word, answer.until, facts)
    }

    /// Whether a process dials the campaign, though it may be waiting.
    package var isDialed: Bool { facts.process == .dials }

    private struct Answer {
        var word: Word
        var until: Timestamp?

        init(_ word: Word, until: Timestamp? = nil) {
            (self.word, self.until) = (word, until)
        }
    }

    private static func answer(_ facts: DialingFacts) -> Answer {
        if facts.isBeingCancelled { return Answer(.cancelling) }
        if facts.pause != nil { return Answer(.paused) }
        return switch facts.process {
        case .dials: dialed(facts)
        case .unknown: Answer(.unknown)
        case .unnamed: Answer(.held)
        case .none, .service, .ending: notDialed(facts, isHeld: false)
        case .other: notDialed(facts, isHeld: true)
        }
    }

    private static func dialed(_ facts: DialingFacts) -> Answer {
        if facts.isStopping { return Answer(.stopping) }
        if facts.isExpired { return Answer(.expired) }
        if let wait = facts.wait.flatMap({ waiting($0, facts) }) { return wait }
        if facts.isOver { return Answer(.done) }
        // The last calls are under way.
        guard facts.counts.ready > 0 else { return Answer(.dialing) }
        let usable = facts.instances.filter(\.isUsable)
        if usable.isEmpty, !facts.instances.isEmpty {
            return Answer(.instance, until: earliest(facts.instances.map(\.restsUntil)))
        }
        if !usable.isEmpty, usable.allSatisfy({ $0.leftToday == 0 }) {
            return Answer(.cap, until: earliest(usable.map(\.dayEnds)))
        }
        if let due = facts.nextDue, due > facts.now, facts.counts.dialing == 0 { return Answer(.retry, until: due) }
        return Answer(.dialing)
    }

    /// The answer of a run that waits; nil when it dials.
    private static func waiting(_ wait: DialingFacts.Wait, _ facts: DialingFacts) -> Answer? {
        let activity: RunActivity
        switch wait {
        case .reason(.pace(let time)): return Answer(.pace, until: facts.now.advanced(by: time))
        case .reason(.retry(let time)): return Answer(.retry, until: facts.now.advanced(by: time))
        case .reason(let reason): activity = reason.activity
        case .activity(let stored):
            // Contacts may have come since.
            if stored.word == .contacts, !facts.isOver { return nil }
            activity = stored
        }
        return Word(activity.word).map { Answer($0, until: activity.until) }
    }

    private static func notDialed(_ facts: DialingFacts, isHeld: Bool) -> Answer {
        let stop = facts.stop.map { Answer(StopReason(recorded: $0).word) }
        if facts.isExpired { return Answer(.expired) }
        if facts.isActive { return stop ?? Answer(isHeld ? .held : .noProcess) }
        if facts.counts.total == 0 { return Answer(.empty) }
        if facts.isOver {
            if facts.counts.inDoubt > 0 { return Answer(.doubt) }
            return Answer(facts.repliesWaiting > 0 ? .replies : .done)
        }
        if let stop { return stop }
        return isHeld ? Answer(.held) : Answer(.idle, until: facts.nextDue.flatMap { $0 > facts.now ? $0 : nil })
    }

    /// The earliest; nil as soon as one is not known, since that may be earlier.
    private static func earliest(_ moments: [Timestamp?]) -> Timestamp? {
        let known = moments.compactMap(\.self)
        return known.count == moments.count ? known.min() : nil
    }
}

extension DialingStatus.Word {
    /// Nil when it is being dialed.
    fileprivate init?(_ word: RunActivity.Word) {
        switch word {
        case .dialing: return nil
        case .window: self = .window
        case .cap: self = .cap
        case .instance: self = .instance
        case .retry: self = .retry
        case .perPerson: self = .perPerson
        case .heldBack: self = .heldBack
        case .canary: self = .canary
        case .answers: self = .answers
        case .contacts: self = .contacts
        }
    }
}
