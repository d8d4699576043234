import CampaignCore
import CampaignRunner
import Foundation

/// A run's progress in words.
struct ProgressText {
    private static let barWidth = 30
    private let progress: RunProgress
    private let campaign: String
    private let zone: TimeZone

    init(_ progress: RunProgress, campaign: String, zone: TimeZone) {
        self.zone = zone
        self.progress = progress
        self.campaign = campaign
    }

    /// Some lines for a terminal.
    var block: [String] {
        let counts = progress.counts
        let filled = counts.total == 0 ? Self.barWidth : Self.barWidth * counts.finished / counts.total
        let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: Self.barWidth - filled)
        return [
            "\(campaign)  \(bar)  \(counts.finished) of \(counts.total)  \(DurationWords.short(progress.elapsed))\(eta)",
            "  \(counts.accepted) accepted · \(counts.failed) failed · \(counts.inDoubt) in doubt · "
                + "\(counts.excluded) excluded · \(counts.dialing) under way · \(counts.ready) waiting",
            "  \(activity)",
        ] + progress.troubles.map { "  ! \($0)" }
    }

    /// One line for a log.
    var line: String {
        let counts = progress.counts
        return
            ([
                "\(campaign): \(counts.finished) of \(counts.total), \(counts.accepted) accepted, "
                    + "\(counts.failed) failed, \(counts.inDoubt) in doubt, \(counts.excluded) excluded; "
                    + "\(DurationWords.short(progress.elapsed))\(eta); \(activity)"
            ] + progress.troubles).joined(separator: "; ")
    }

    private var activity: String {
        if progress.isStopping { return "stopping: \(progress.counts.dialing) calls under way" }
        return WaitWords.text(progress.waitsFor, in: zone)
    }

    /// From the contacts finished in this run; empty while there is nothing to go by.
    private var eta: String {
        let done = progress.counts.finished - progress.finishedAtStart
        let left = progress.counts.total - progress.counts.finished
        guard done > 0, left > 0 else { return "" }
        return ", about \(DurationWords.short(progress.elapsed / done * left)) left"
    }
}
