import Testing

@testable import CampaignCore

/// Why nothing is dialed right now.
@Suite struct `The dialing status of a campaign` {
    private static let now = DialingCase.now
    private static let later = DialingCase.later
    private static let suggested = SuggestedCommands()

    private static func facts(
        _ process: DialingFacts.Process = .none, ready: Int = 3, dialing: Int = 0, inDoubt: Int = 0, accepted: Int = 1,
        _ change: (inout DialingFacts) -> Void = { _ in }
    ) -> DialingFacts {
        var counts = StateCounts()
        (counts.ready, counts.dialing, counts.inDoubt, counts.accepted) = (ready, dialing, inDoubt, accepted)
        var facts = DialingFacts(now: now, counts: counts, process: process)
        change(&facts)
        return facts
    }

    private static func line(_ facts: DialingFacts) -> String {
        DialingStatus(facts).line(of: "camp", suggested, DialingCase.times).english
    }

    /// All of them at once, in parts that are checked side by side.
    @Test(arguments: DialingCase.processes)
    func `is the first of the table that holds, whatever else does`(process: DialingFacts.Process) {
        var failures: [String] = []
        var checked = 0
        DialingCase.forEach(process) { facts in
            checked += 1
            let status = DialingStatus(facts)
            let (word, until) = DialingCase.expected(facts)
            if status.word != word || status.until != until {
                failures.append("\(facts): \(status.word) until \(String(describing: status.until)), not \(word)")
            }
        }
        #expect(checked > 10_000)
        #expect(failures.prefix(3) == [], "\(failures.count) of \(checked)")
    }

    /// Without what changes no word, since each sentence is written out.
    @Test(arguments: DialingCase.processes)
    func `has a sentence in both languages that says nothing else`(process: DialingFacts.Process) {
        var failures: [String] = []
        DialingCase.forEach(process, isShort: true) { facts in
            let status = DialingStatus(facts)
            let sentence = status.sentence(DialingCase.times)
            let line = status.line(of: "camp", Self.suggested, DialingCase.times)
            for text in [sentence.english, sentence.portuguese] {
                let begins = text.first.map { $0.isUppercase || $0.isNumber } ?? false
                if !begins || !text.hasSuffix(".") || text.contains("`") || text.contains("..") {
                    failures.append("\(facts): \(text)")
                }
            }
            if sentence.english == sentence.portuguese { failures.append("\(facts): \(sentence.english) twice") }
            // What forbids calls is never said to be dialing.
            if status.word != .dialing, sentence.english == "Dialing." || sentence.portuguese == "Discando." {
                failures.append("\(facts): \(status.word) is said to be dialing")
            }
            if let until = status.until, !sentence.english.contains(DialingCase.text(until)),
                status.word != .pace, facts.wait.map(\.tellsEnd) ?? true
            {
                failures.append("\(facts): \(sentence.english) lacks \(until)")
            }
            let command = status.remedy.phrase(of: "camp", Self.suggested)
            if (status.remedy == .none) != (command == nil) || (status.remedy.phrase == nil) != (command == nil) {
                failures.append("\(facts): \(status.remedy)")
            }
            if let command, !status.isStopped, !line.english.contains(command.english) {
                failures.append("\(facts): \(line.english) lacks \(command.english)")
            }
        }
        #expect(failures.prefix(3) == [], "\(failures.count)")
    }

    @Test(arguments: WaitReason.everyKind)
    func `of a run is what the run itself waits for`(reason: WaitReason) {
        let status = DialingStatus(Self.facts(.dials) { $0.wait = .reason(reason) })
        #expect(status.clause(DialingCase.times) == reason.phrase(DialingCase.times))
        let known = reason.activity
        switch reason {
        case .pace(let time): #expect(status.word == .pace && status.until == Self.now.advanced(by: time))
        case .retry(let time): #expect(status.word == .retry && status.until == Self.now.advanced(by: time))
        default: #expect(status.word.rawValue == known.word.rawValue && status.until == known.until)
        }
    }

    @Test func `names who paused it, and how that ends`() {
        let facts = Self.facts { $0.pause = .init(since: Self.now, user: "ana (uid 1000)") }
        #expect(Self.line(facts) == "paused since T1000, by ana (uid 1000): resume with `discador resume camp`")
        let sentence = DialingStatus(facts).sentence(DialingCase.times)
        #expect(sentence.portuguese == "Pausada desde T1000, por ana (uid 1000).")
    }

    @Test func `is what nobody dials, and how to have it dialed`() {
        #expect(Self.line(Self.facts()) == "not running; resume with `discador run camp`")
        #expect(
            Self.line(Self.facts { $0.nextDue = Self.later })
                == "not running; the next contact is due at T2000; resume with `discador run camp`")
        #expect(
            Self.line(Self.facts(dialing: 2) { $0.isActive = true })
                == "active, but no process dials it; 2 were under way when the run ended: go on with `discador serve` or "
                + "`discador run camp`")
        #expect(
            Self.line(Self.facts(.service) { $0.isActive = true })
                == "active, but no process dials it: start it again with `discador run camp`")
        #expect(
            Self.line(Self.facts(.other(Phrase(verbatim: "process 7"))))
                == "not running; process 7 holds the database")
        #expect(
            Self.line(Self.facts(.ending(Phrase(verbatim: "process 7"))))
                == "not running; resume with `discador run camp`; process 7 still holds the database")
        #expect(
            Self.line(Self.facts(ready: 0, accepted: 0))
                == "it has no contacts yet: import a list with `discador import camp`")
        #expect(
            Self.line(Self.facts(ready: 0, inDoubt: 2))
                == "done, with 2 in doubt: settle them with `discador doubts camp`")
        #expect(Self.line(Self.facts(ready: 0)) == "done")
    }

    @Test func `keeps what is recorded for a terminal, and tells a page nothing to type`() {
        let recorded = StopReason.brake.opening + Phrase("3 of 4. Find it. Resume with `discador run camp`.", "3 de 4.")
        let facts = Self.facts { $0.stop = recorded }
        #expect(Self.line(facts) == recorded.english)
        #expect(DialingStatus(facts).sentence(DialingCase.times).english == "Stopped by the brake: 3 of 4. Find it.")
        #expect(DialingStatus(facts).remedy == .findCause)
    }

    @Test func `of a run whose instances all rest is that, until the first is back`() {
        let facts = Self.facts(.dials) { facts in
            facts.wait = .activity(RunActivity(word: .dialing))
            facts.instances = [
                .init(isUsable: false, restsUntil: Self.later), .init(isUsable: false, restsUntil: Self.now),
            ]
        }
        #expect(DialingStatus(facts).until == Self.now)
        #expect(Self.line(facts) == "it is waiting for an instance until T1000")
    }

    @Test(arguments: StopReason.allCases)
    func `knows a recorded reason by its beginning`(reason: StopReason) {
        #expect(StopReason(recorded: reason.opening + Phrase(verbatim: "something else")) == reason)
    }
}

extension DialingFacts.Wait {
    /// Whether its words have room for when it ends.
    fileprivate var tellsEnd: Bool {
        if case .activity(let activity) = self { return activity.word != .canary && activity.word != .contacts }
        return true
    }
}
