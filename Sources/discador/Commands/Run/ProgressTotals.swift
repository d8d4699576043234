import CampaignCore
import CampaignRunner

/// The progress of many campaigns in one line.
struct ProgressTotals {
    let language: Language
    private let counts: [StateCounts]
    private let phases: [Phase]

    init(_ campaigns: [RunProgress], language: Language = .english) {
        self.language = language
        counts = campaigns.map(\.counts)
        phases = campaigns.map(Phase.init)
    }

    /// `31 campaigns: 1200 of 5000, 900 accepted, …; 28 dial, 2 wait for their window, 1 waits for an instance`.
    var line: String {
        var total = StateCounts()
        for state in CallState.allCases { total[state] = counts.reduce(0) { $0 + $1[state] } }
        let doing = Phase.allCases.compactMap { phase -> Phrase? in
            let count = phases.count { $0 == phase }
            return count > 0 ? Phrase(verbatim: "\(count) ") + phase.text(count) : nil
        }
        let parts = [
            CountText.done(total), CountText.accepted(total.accepted), CountText.failed(total.failed),
            CountText.inDoubt(total.inDoubt), CountText.excluded(total.excluded),
        ]
        let line =
            Phrase.counted(counts.count, .campaign) + Phrase(verbatim: ": ") + parts.joined(separator: ", ")
            + Phrase(verbatim: "; ") + doing.joined(separator: ", ")
        return line[language]
    }
}

/// What a campaign does, as far as campaigns are counted by it.
private enum Phase: CaseIterable {
    case dials, waitsForContacts, waitsForAnswers, waitsForRetry, waitsForPerson, holdsBack, waitsForWindow, usedUpDay,
        waitsForInstance,
        waitsForProvider, stops

    init(_ progress: RunProgress) {
        guard !progress.isStopping else {
            self = .stops
            return
        }
        self =
            switch progress.waitsFor {
            case nil, .pace, .replies, .canary: .dials
            case .retry, .redial: .waitsForRetry
            case .person: .waitsForPerson
            case .answers, .events: .waitsForAnswers
            case .heldBack: .holdsBack
            case .contacts: .waitsForContacts
            case .window, .ringing: .waitsForWindow
            case .cap: .usedUpDay
            case .instance, .rest: .waitsForInstance
            case .asked: .waitsForProvider
            }
    }

    func text(_ count: Int) -> Phrase {
        switch self {
        case .dials: .noun(count, ("dials", "dial"), ("disca", "discam"))
        case .waitsForContacts: Self.waits(count, "contacts", "contatos")
        case .waitsForAnswers: Self.waits(count, "answers", "respostas")
        case .waitsForRetry: Self.waits(count, "a retry", "nova tentativa")
        case .waitsForPerson: Self.waits(count, "perPerson", "perPerson")
        case .holdsBack: Self.waits(count, "contacts held back", "contatos que a lista segura")
        case .waitsForWindow:
            .noun(
                count, ("waits for its window", "wait for their window"),
                ("aguarda seu horário", "aguardam seu horário"))
        case .usedUpDay:
            .noun(
                count, ("has used up its day's calls", "have used up their day's calls"),
                ("já fez as ligações do dia", "já fizeram as ligações do dia"))
        case .waitsForInstance: Self.waits(count, "an instance", "uma instância")
        case .waitsForProvider:
            .noun(
                count, ("waits because Z-API asked for it", "wait because Z-API asked for it"),
                ("aguarda porque a Z-API pediu", "aguardam porque a Z-API pediu"))
        case .stops: .noun(count, ("is stopping", "are stopping"), ("está parando", "estão parando"))
        }
    }

    private static func waits(_ count: Int, _ english: String, _ portuguese: String) -> Phrase {
        .noun(
            count, ("waits for \(english)", "wait for \(english)"), ("aguarda \(portuguese)", "aguardam \(portuguese)"))
    }
}
