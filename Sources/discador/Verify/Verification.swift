import CampaignCore
import Foundation

/// The proof: rounds of campaigns whose runs are killed, until so many were.
struct Verification: Sendable {
    /// Rounds without a single kill before something must be wrong.
    private static let maxRoundsWithoutKill = 50

    /// Runs to kill in all.
    let kills: Int
    /// Contacts of a round, unless its paces are slow.
    let contacts: Int
    let seed: UInt64
    /// Where the rounds have their folders.
    let folder: String
    /// Whether the folders of rounds that broke no promise stay too.
    let keepsAll: Bool
    let output: Output

    /// Plays the rounds.
    func run() async throws -> VerifyTally {
        var random = SplitMix64(seed: seed)
        var tally = VerifyTally()
        var roundsWithoutKill = 0
        repeat {
            try Task.checkCancellation()
            var round = VerifyRound(
                number: tally.rounds + 1, seed: random.next(), contacts: contacts, killsWanted: kills - tally.kills,
                parent: folder)
            let outcome = try await round.play()
            tally.add(outcome)
            output.note(
                "round \(tally.rounds): \(tally.kills) of \(kills) kills, \(tally.audit.contacts.counted("contact")), "
                    + "\(tally.audit.rings.counted("ring")), \(outcome.isClean ? "no promise broken" : "PROMISES BROKEN")"
            )
            if outcome.isClean, !keepsAll { try? FileManager.default.removeItem(atPath: round.folder.path) }
            roundsWithoutKill = outcome.kills == 0 ? roundsWithoutKill + 1 : 0
            guard roundsWithoutKill < Self.maxRoundsWithoutKill else {
                throw Failure(.unexpected, "The runs end before they can be killed: give more --contacts.")
            }
        } while tally.kills < kills && tally.unexpectedEnds.isEmpty
        return tally
    }
}
