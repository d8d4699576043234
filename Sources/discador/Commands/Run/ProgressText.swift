import CampaignCore
import CampaignRunner
import Foundation
import Reports

/// A campaign's progress in words.
struct ProgressText {
    private static let maxBarWidth = 30
    /// A shorter bar says nothing.
    private static let minBarWidth = 8
    private static let maxTroubles = 4
    private static let otherInstance = Noun("other instance", portuguese: ("outra instância", "outras instâncias"))
    private let progress: RunProgress
    private let campaign: Campaign
    private let language: Language
    /// When the run will end, in words; nil while that is not known.
    private let ending: String?
    /// What the run does or waits for.
    private let activity: String

    /// - Parameter endsAt: when the last call is forecast to end; nil while that is not known.
    init(
        _ progress: RunProgress, of campaign: Campaign, endsAt: Timestamp? = nil, now: Timestamp,
        language: Language = .english
    ) {
        self.progress = progress
        self.campaign = campaign
        self.language = language
        let isOpen = progress.counts.finished < progress.counts.total && !progress.isStopping
        ending = endsAt.flatMap { moment in
            guard isOpen, moment > now else { return nil }
            return language.text("ends about ", "termina por volta de ")
                + TimeText.clock(moment, now: now, in: campaign.timeZone, language: language)
        }
        var facts = DialingFacts(now: now, counts: progress.counts, process: .dials)
        facts.isStopping = progress.isStopping
        facts.wait = progress.waitsFor.map(DialingFacts.Wait.reason)
        facts.isByContactClock = campaign.window?.zone == .contact
        activity = DialingStatus(facts).clause(TimeWords(in: campaign.timeZone))[language]
    }

    /// The lines for a terminal of this width.
    func block(width: Int) -> [String] {
        let counts = progress.counts
        let parts = states + [CountText.underWay(counts.dialing), CountText.waiting(counts.ready)]
        let times = [soFar] + [ending].compactMap(\.self)
        return [heading(width: width)]
            + TextFlow.lines(times, separator: " · ", indent: 2, width: width)
            + TextFlow.lines(parts.map { $0[language] }, separator: " · ", indent: 2, width: width)
            + TextFlow.lines(outcomes, separator: " · ", indent: 2, width: width)
            + TextFlow.sentence(activity, indent: 2, width: width, maxLines: 3)
            + troubles(width: width)
    }

    private var states: [Phrase] {
        let counts = progress.counts
        return [
            CountText.accepted(counts.accepted), CountText.failed(counts.failed), CountText.inDoubt(counts.inDoubt),
            CountText.excluded(counts.excluded),
        ]
    }

    private var outcomes: [String] { progress.outcomes.phrases.map { $0[language] } }

    private var soFar: String {
        DurationText.elapsed(progress.elapsed) + language.text(" so far", " até agora")
    }

    private var done: String { CountText.done(progress.counts)[language] }

    /// The parts of one line beside those of other campaigns.
    var row: (name: String, counts: StateCounts, done: String, activity: String) {
        (campaign.name, progress.counts, done, activity)
    }

    /// One line for a log.
    var line: String {
        let states = states.map { $0[language] }
        let answers = outcomes.isEmpty ? "" : " (\(outcomes.joined(separator: " · ")))"
        let counts = [done, states[0] + answers] + states.dropFirst()
        return
            ([
                "\(campaign.name): \(counts.joined(separator: ", "))", "\(soFar)\(ending.map { ", \($0)" } ?? "")",
                activity,
            ] + troubles).joined(separator: "; ")
    }

    /// `cobranca  ███░░░  12 of 40`: the count is never cut, the bar takes the remaining space, and the name is cut
    /// first.
    private func heading(width: Int) -> String {
        let counts = progress.counts
        let count = done
        let room = width - TerminalText.width(count) - 2
        let name = TerminalText.line(campaign.name, width: max(room, 0))
        let bar = min(room - TerminalText.width(name) - 2, Self.maxBarWidth)
        guard bar >= Self.minBarWidth else { return TerminalText.line("\(name)  \(count)", width: width) }
        return "\(name)  \(Self.bar(bar, counts.finished, of: counts.total))  \(count)"
    }

    /// A bar of a number of columns.
    static func bar(_ columns: Int, _ finished: Int, of total: Int) -> String {
        let filled = total == 0 ? columns : columns * finished / total
        return String(repeating: "█", count: filled) + String(repeating: "░", count: columns - filled)
    }

    private var troubles: [String] { progress.troubles.map { Phrase(recorded: $0)[language] } }

    private func troubles(width: Int) -> [String] {
        let shown = troubles.prefix(Self.maxTroubles)
        let others = troubles.count - shown.count
        let more = others > 0 ? ["… \(language.text("and", "e")) \(language.counted(others, Self.otherInstance))"] : []
        return (shown.map { "! \($0)" } + more).flatMap {
            TextFlow.sentence($0, indent: 2, hanging: 2, width: width, maxLines: 2)
        }
    }
}

extension RunProgress {
    /// The same progress some time later, if nothing has happened since.
    func aged(by time: Duration) -> RunProgress {
        var progress = self
        progress.elapsed += time
        switch waitsFor {
        case .pace(let wait): progress.waitsFor = .pace(max(wait - time, .zero))
        case .retry(let wait): progress.waitsFor = .retry(max(wait - time, .zero))
        case nil, .redial, .person, .events, .answers, .heldBack, .replies, .instance, .rest, .window, .cap, .ringing,
            .asked,
            .canary, .contacts:
            break
        }
        return progress
    }
}
