import CampaignCore
import Foundation

/// Pauses campaigns and resumes them during the runs of a round.
struct Pauses: Sendable {
    /// What was done, and how it ended.
    struct Tally: Sendable {
        /// When each campaign was certainly paused, in ms since 1970.
        var pauses: [String: [ClosedRange<Int64>]] = [:]
        /// Commands that ended as none should, with their last lines.
        var unexpectedEnds: [VerifyFinding] = []
    }

    /// The exit codes that are allowed while other processes come and go: done; the database was held by a process that
    /// takes no requests; that process died before it answered; the disk was full.
    static let expectedCodes: Set<Int32> = [
        ExitStatus.success.rawValue, ExitStatus.held.rawValue, ExitStatus.unexpected.rawValue, ExitStatus.disk.rawValue,
    ]

    let folder: RoundFolder
    let campaigns: [String]
    let seed: UInt64

    /// Runs until it is cancelled. A campaign may stay paused.
    func play() async -> Tally {
        var random = SplitMix64(seed: seed)
        var tally = Tally()
        while await sleep(.milliseconds(Int.random(in: 50...400, using: &random))),
            let campaign = campaigns.randomElement(using: &random)
        {
            guard await run("pause", campaign, &tally) else { continue }
            let since = SystemEnvironment.now().milliseconds
            let isOver = await !sleep(.milliseconds(Int.random(in: 10...300, using: &random)))
            tally.pauses[campaign, default: []].append(since...max(since, SystemEnvironment.now().milliseconds))
            if isOver { break }
            while !(await run("resume", campaign, &tally)), !Task.isCancelled, tally.unexpectedEnds.isEmpty {}
        }
        return tally
    }

    private func sleep(_ duration: Duration) async -> Bool {
        (try? await SystemEnvironment.clock.sleep(for: duration)) != nil
    }

    /// - Returns: whether it was certainly done.
    private func run(_ command: String, _ campaign: String, _ tally: inout Tally) async -> Bool {
        let process = RunProcess(
            arguments: [command, campaign, "--db", folder.database, "--quiet"], environment: RoundFolder.environment)
        do {
            let (end, stderr) = try await process.run()
            if Task.isCancelled || end == .exited(ExitStatus.success.rawValue) { return !Task.isCancelled }
            if case .exited(let code) = end, Self.expectedCodes.contains(code) { return false }
            tally.unexpectedEnds.append(VerifyFinding("\(command) \(campaign)", end, stderr))
        } catch {
            if !Task.isCancelled { tally.unexpectedEnds.append(VerifyFinding("\(command) \(campaign)", error)) }
        }
        return false
    }
}
