import CampaignCore
import CampaignStore
import Foundation

/// Imitates other people during the runs of a round: they import lists, block numbers, retry failed calls, make copies,
/// and read the database with other programs.
struct ConcurrentCommands: Sendable {
    /// What was done, and how it ended.
    struct Tally: Sendable {
        /// Commands that were run.
        var commands = 0
        /// Blocked numbers, with the time (in ms since 1970) from which no call to them may begin.
        var blocked: [String: Int64] = [:]
        /// Commands that ended as none should, with their last lines.
        var unexpectedEnds: [VerifyFinding] = []
    }

    let folder: RoundFolder
    let campaigns: [String]
    let seed: UInt64

    /// Runs until it is cancelled.
    func play() async -> Tally {
        var random = SplitMix64(seed: seed)
        var tally = Tally()
        while (try? await SystemEnvironment.clock.sleep(for: .milliseconds(Int.random(in: 5...120, using: &random))))
            != nil
        {
            do {
                try await runRandomCommand(using: &random, &tally)
            } catch is CancellationError {
                break
            } catch {
                tally.unexpectedEnds.append(
                    VerifyFinding(Phrase("during a run: ", "durante uma execução: ") + Phrase(of: error)))
            }
        }
        return tally
    }

    private func runRandomCommand(using random: inout SplitMix64, _ tally: inout Tally) async throws {
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
        let (end, stderr) = try await process.run()
        tally.commands += 1
        try Task.checkCancellation()
        if case .exited(let code) = end, Pauses.expectedCodes.contains(code) { return code }
        tally.unexpectedEnds.append(VerifyFinding(arguments.joined(separator: " "), end, stderr))
        return nil
    }
}
