import CampaignCore
import CampaignRunner

/// The progress of many campaigns in one line.
struct ProgressTotals {
    private let counts: [StateCounts]
    private let phases: [Phase]

    init(_ campaigns: [RunProgress]) {
        counts = campaigns.map(\.counts)
        phases = campaigns.map(Phase.init)
    }

    /// `31 campaigns: 1200 of 5000, 900 accepted, …; 28 dial, 2 wait for their window, 1 waits for an instance`.
    var line: String {
        func sum(_ count: KeyPath<StateCounts, Int>) -> Int { counts.reduce(0) { $0 + $1[keyPath: count] } }
        let doing = Phase.allCases.compactMap { phase -> String? in
            let count = phases.count { $0 == phase }
            return count > 0 ? "\(count) \(phase.text(count))" : nil
        }
        return "\(counts.count.counted("campaign")): \(sum(\.finished)) of \(sum(\.total)), "
            + "\(sum(\.accepted)) accepted, \(sum(\.failed)) failed, \(sum(\.inDoubt)) in doubt, "
            + "\(sum(\.excluded)) excluded; " + doing.joined(separator: ", ")
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

    func text(_ count: Int) -> String {
        switch self {
        case .dials: count.noun("dials", "dial")
        case .waitsForContacts: count.noun("waits for contacts", "wait for contacts")
        case .waitsForAnswers: count.noun("waits for answers", "wait for answers")
        case .waitsForRetry: count.noun("waits for a retry", "wait for a retry")
        case .waitsForPerson: count.noun("waits for perPerson", "wait for perPerson")
        case .holdsBack: count.noun("waits for contacts held back", "wait for contacts held back")
        case .waitsForWindow: count.noun("waits for its window", "wait for their window")
        case .usedUpDay: count.noun("has used up its day's calls", "have used up their day's calls")
        case .waitsForInstance: count.noun("waits for an instance", "wait for an instance")
        case .waitsForProvider: count.noun("waits because Z-API asked for it", "wait because Z-API asked for it")
        case .stops: count.noun("is stopping", "are stopping")
        }
    }
}
