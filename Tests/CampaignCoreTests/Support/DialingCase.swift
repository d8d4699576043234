@testable import CampaignCore

/// Every combination of what can keep a campaign from being dialed, and which of it is the answer.
enum DialingCase {
    static let now = Timestamp(milliseconds: 1000)
    static let later = Timestamp(milliseconds: 2000)
    private static let earlier = Timestamp(milliseconds: 500)

    /// Moments are told as `T1000`.
    static let times = TimeWords(moment: { Phrase(verbatim: text($0)) }, left: { "\($0.components.seconds)s" })

    static func text(_ moment: Timestamp) -> String { "T\(moment.milliseconds)" }

    static let processes: [DialingFacts.Process] = [
        .dials, .none, .service, .other(Phrase("process 7", "processo 7")),
        .ending(Phrase("process 7", "processo 7")), .unnamed, .unknown(why: Phrase("no rights", "sem permissão")),
    ]

    private static let stops: [Phrase?] = [
        nil, StopReason.brake.opening + Phrase("3 of 4", "3 de 4"), StopReason.misconfigured.opening + Phrase("a", "b"),
        Phrase("the file has gone", "o arquivo sumiu"),
    ]

    /// Nobody, everybody waiting, some waiting and some under way, the last under way, done, done with doubts.
    private static let counts: [StateCounts] = [
        (0, 0, 0, 0), (3, 0, 0, 0), (3, 1, 2, 1), (0, 1, 2, 0), (0, 0, 3, 0), (0, 0, 3, 2),
    ].map { ready, dialing, accepted, inDoubt in
        var counts = StateCounts()
        (counts.ready, counts.dialing, counts.accepted, counts.inDoubt) = (ready, dialing, accepted, inDoubt)
        return counts
    }

    private static let waits: [DialingFacts.Wait?] =
        [nil] + RunActivity.Word.allCases.map { .activity(RunActivity(word: $0, until: $0 == .dialing ? nil : later)) }
        + [.activity(RunActivity(word: .instance)), .reason(.pace(.milliseconds(70))), .reason(.replies(2))]

    private static let instances: [[DialingFacts.Instance]] = [
        [], [.init(isUsable: true), .init(isUsable: false)],
        [.init(isUsable: false, restsUntil: later), .init(isUsable: false, restsUntil: now)],
        [.init(isUsable: false, restsUntil: later), .init(isUsable: false)],
        [.init(isUsable: true, leftToday: 0, dayEnds: later), .init(isUsable: false)],
    ]

    /// Calls `body` with every combination.
    ///
    /// - Parameter isShort: with fewer instances and stops, and neither pauses of active campaigns nor due times.
    static func forEach(_ process: DialingFacts.Process, isShort: Bool = false, _ body: (DialingFacts) -> Void) {
        let switches = isShort ? Array(0..<8) + [16, 32] : Array(0..<64)
        // What a process says that dials it means nothing for the others.
        let waits = process == .dials ? waits : [nil, .activity(RunActivity(word: .window, until: later))]
        for (counts, wait) in counts.flatMap({ counts in waits.map { (counts, $0) } }) {
            for (stop, instances) in stops.flatMap({ stop in instances.map { (stop, $0) } }) {
                var facts = DialingFacts(now: now, counts: counts, process: process)
                (facts.wait, facts.stop, facts.instances) = (wait, stop, instances)
                for bits in switches {
                    facts.isActive = bits & 1 != 0
                    facts.repliesWaiting = bits & 2 != 0 ? 2 : 0
                    facts.expiresAt = bits & 4 != 0 ? earlier : later
                    facts.isStopping = bits & 8 != 0
                    facts.isBeingCancelled = bits & 16 != 0
                    facts.pause = bits & 32 != 0 ? .init(since: earlier, user: "ana") : nil
                    for due in isShort ? [later] : [nil, earlier, later] {
                        facts.nextDue = due
                        body(facts)
                    }
                }
            }
        }
    }

    /// A row of the table: the answer if the condition holds.
    private struct Row {
        var word: DialingStatus.Word
        var until: Timestamp?
        var holds: Bool

        init(_ word: DialingStatus.Word, until: Timestamp? = nil, if holds: Bool) {
            (self.word, self.until, self.holds) = (word, until, holds)
        }
    }

    /// The answer, stated apart from the rule: all rows of the table, of which the first that holds counts.
    static func expected(_ facts: DialingFacts) -> (DialingStatus.Word, Timestamp?) {
        let waiting = facts.counts.ready > 0
        let isOver = !waiting && facts.counts.dialing == 0
        let isExpired = waiting && facts.expiresAt == earlier
        let isDue = facts.nextDue != later
        var isOther = false
        if case .other = facts.process { isOther = true }
        var isUnknown = false
        if case .unknown = facts.process { isUnknown = true }
        let first = [
            Row(.cancelling, if: facts.isBeingCancelled), Row(.paused, if: facts.pause != nil),
        ]
        let dialed =
            [Row(.stopping, if: facts.isStopping), Row(.expired, if: isExpired)] + said(facts, isOver)
            + [
                Row(.done, if: isOver),
                Row(.instance, until: now, if: waiting && facts.instances == instances[2]),
                Row(.instance, if: waiting && facts.instances == instances[3]),
                Row(.cap, until: later, if: waiting && facts.instances == instances[4]),
                Row(.retry, until: later, if: waiting && !isDue && facts.counts.dialing == 0),
                Row(.dialing, if: true),
            ]
        let others = [
            Row(.unknown, if: isUnknown), Row(.held, if: facts.process == .unnamed), Row(.expired, if: isExpired),
            Row(.brake, if: facts.isActive && facts.stop == stops[1]),
            Row(.instance, if: facts.isActive && facts.stop == stops[2]),
            Row(.obstacle, if: facts.isActive && facts.stop == stops[3]),
            Row(.held, if: facts.isActive && isOther), Row(.noProcess, if: facts.isActive),
            Row(.empty, if: facts.counts.total == 0), Row(.doubt, if: isOver && facts.counts.inDoubt > 0),
            Row(.replies, if: isOver && facts.repliesWaiting > 0), Row(.done, if: isOver),
            Row(.brake, if: facts.stop == stops[1]), Row(.instance, if: facts.stop == stops[2]),
            Row(.obstacle, if: facts.stop == stops[3]), Row(.held, if: isOther),
            Row(.idle, until: isDue ? nil : later, if: true),
        ]
        let row = (first + (facts.process == .dials ? dialed : others)).first(where: \.holds)
        return (row?.word ?? .idle, row?.until)
    }

    /// What the run says.
    private static func said(_ facts: DialingFacts, _ isOver: Bool) -> [Row] {
        switch facts.wait {
        case nil, .reason(.replies): return []
        case .reason: return [Row(.pace, until: Timestamp(milliseconds: 1070), if: true)]
        case .activity(let activity):
            let words: [RunActivity.Word: DialingStatus.Word] = [
                .window: .window, .cap: .cap, .instance: .instance, .retry: .retry, .perPerson: .perPerson,
                .heldBack: .heldBack, .canary: .canary, .answers: .answers, .contacts: .contacts,
            ]
            guard let word = words[activity.word] else { return [] }
            return [Row(word, until: activity.until, if: word != .contacts || isOver)]
        }
    }
}

extension WaitReason {
    /// One of each kind.
    static let everyKind: [WaitReason] = {
        let moment = DialingCase.later
        return [
            .pace(.seconds(1)), .retry(.seconds(1)), .heldBack(until: moment), .replies(2), .instance,
            .rest(until: moment), .window(until: moment), .window(until: nil), .cap(until: moment),
            .ringing(until: moment), .asked(until: moment, isEarlier: true), .asked(until: moment, isEarlier: false),
            .redial(until: moment), .person(until: moment), .events(until: moment), .answers(until: moment), .contacts,
            .canary(2),
        ]
    }()
}
