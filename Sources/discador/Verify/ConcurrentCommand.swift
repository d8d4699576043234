import CampaignCore
import CampaignStore
import Foundation

/// What other people do beside the runs of a round: they take lists in, block numbers, put failed calls back, make
/// copies, and look at the database with programs of their own.
struct ConcurrentCommand: Sendable {
    /// What was done, and what was said of it.
    struct Tally: Sendable {
        /// Commands that were run.
        var commands = 0
        /// Numbers that are on the do-not-call list, with the moment from which on nobody may begin to call them.
        var blocked: [String: Int64] = [:]
        /// Commands that ended as none should, with their last words.
        var unexpectedEnds: [String] = []
    }

    /// What a command may end with while runs come and go: it did its work, the database was held by somebody who takes
    /// no requests, the run died before it answered, or a full disk was in its way.
    private static let usualEnds: Set<Int32> = [
        ExitStatus.success.rawValue, ExitStatus.held.rawValue, ExitStatus.unexpected.rawValue, ExitStatus.disk.rawValue,
    ]

    let folder: RoundFolder
    let campaigns: [String]
    let seed: UInt64

    /// Goes on until it is cancelled.
    func play() async -> Tally {
        var random = SplitMix64(seed: seed)
        var tally = Tally()
        while (try? await SystemEnvironment.clock.sleep(for: .milliseconds(Int.random(in: 5...120, using: &random))))
            != nil
        {
            do {
                try await doSomething(using: &random, &tally)
            } catch is CancellationError {
                break
            } catch {
                tally.unexpectedEnds.append("beside a run: \(error)")
            }
        }
        return tally
    }

    private func doSomething(using random: inout SplitMix64, _ tally: inout Tally) async throws {
        guard let campaign = campaigns.randomElement(using: &random) else { return }
        let place = folder.campaign(campaign)
        switch Int.random(in: 0..<8, using: &random) {
        case 0, 1, 2:
            let list = Int.random(in: 0..<RoundFolder.furtherLists, using: &random)
            _ = try await run(["import", place, folder.furtherList(list, of: campaign)], &tally)
        case 3:
            let phone = folder.furtherPhones(of: campaign)[
                Int.random(in: 0..<RoundFolder.furtherContacts, using: &random)]
            guard try await run(["block", "add", phone.text], &tally) == ExitStatus.success.rawValue else { return }
            let now = SystemEnvironment.now().milliseconds
            tally.blocked[phone.text] = min(tally.blocked[phone.text] ?? now, now)
        case 4:
            _ = try await run(["retry", place, "--failed", "--yes"], &tally)
        case 5:
            _ = try await run(["backup", folder.path + "/copy.db", "--force"], &tally)
        default:
            tally.commands += 1
            _ = try SQLiteProgram.look(at: folder.database)
        }
    }

    private func run(_ arguments: [String], _ tally: inout Tally) async throws -> Int32? {
        let process = RunProcess(
            arguments: arguments + ["--db", folder.database, "--quiet"], environment: RoundFolder.environment)
        let (end, stderr) = try await process.run(killedAt: { false })
        tally.commands += 1
        try Task.checkCancellation()
        if case .exited(let code) = end, Self.usualEnds.contains(code) { return code }
        tally.unexpectedEnds.append("\(arguments): \(end)\n" + stderr.map { "  " + $0 }.joined(separator: "\n"))
        return nil
    }
}
