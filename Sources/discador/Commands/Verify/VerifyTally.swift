import CampaignCore

/// The figures of a verification, or of one round of it.
struct VerifyTally: Encodable, Sendable {
    /// How much too soon a call may arrive without being a violation: a busy machine delays requests on their way.
    /// Intents have no tolerance, since they are stamped where the decision is made.
    static let arrivalTolerance = Duration.milliseconds(500)

    /// Rounds, each with a fresh database that was dialed to the end.
    var rounds = 0
    /// Runs that were started.
    var starts = 0
    /// Runs that were killed.
    var kills = 0
    /// Runs that ended because the disk was full.
    var fullDisks = 0
    /// Results that those runs kept beside the database.
    var resultsSpooled = 0
    /// Commands and other programs that used the database during the runs.
    var commandsBeside = 0
    /// Numbers blocked during the runs.
    var blockedBeside = 0
    /// What the ledger reveals about the databases.
    var audit = LedgerAudit()
    /// Spooled results that no start has recorded.
    var resultsLeftInSpool = 0
    /// Defects of the databases.
    var damage: [String] = []
    /// Runs that ended as none should, with their last lines.
    var unexpectedEnds: [String] = []

    /// Adds the figures of a round.
    mutating func add(_ round: VerifyTally) {
        rounds += round.rounds
        starts += round.starts
        kills += round.kills
        fullDisks += round.fullDisks
        resultsSpooled += round.resultsSpooled
        commandsBeside += round.commandsBeside
        blockedBeside += round.blockedBeside
        audit.add(round.audit)
        resultsLeftInSpool += round.resultsLeftInSpool
        damage += round.damage
        unexpectedEnds += round.unexpectedEnds
    }

    /// The promises, each with how often it was broken.
    var violations: [(promise: String, count: Int)] {
        audit.violations + [
            ("results left outside the database", resultsLeftInSpool),
            ("defects in the databases", damage.count),
            ("runs that ended unexpectedly", unexpectedEnds.count),
        ]
    }

    /// Whether no promise is broken.
    var isClean: Bool { violations.allSatisfy { $0.count == 0 } }

    /// The figures as text: what | count | must be.
    var table: String {
        let tolerance = Self.arrivalTolerance.millisecondsRoundedUp
        let figures: [(String, Int)] = [
            ("rounds, each with a fresh database", rounds),
            ("contacts", audit.contacts),
            ("runs started", starts),
            ("runs killed", kills),
            ("runs ended by a full disk", fullDisks),
            ("results spooled by those runs", resultsSpooled),
            ("commands during the runs", commandsBeside),
            ("numbers blocked during the runs", blockedBeside),
            ("calls requested", audit.requests),
            ("rings", audit.rings),
            ("calls held while an instance was disconnected", audit.heldWhileDisconnected),
            ("in doubt", audit.inDoubt),
            ("of those, actually rang", audit.inDoubtThatRang),
        ]
        let rows =
            [("what", "count", "must be")] + figures.map { ($0, "\($1)", "") }
            + violations.map { ($0.promise, "\($0.count)", $0.count == 0 ? "0" : "0  BROKEN") }
        let widths = (what: rows.map(\.0.count).max() ?? 0, count: rows.map(\.1.count).max() ?? 0)
        let lines = rows.map { what, count, mustBe in
            let line =
                what + String(repeating: " ", count: widths.what - what.count + 2)
                + String(repeating: " ", count: widths.count - count.count) + count
            return mustBe.isEmpty ? line : line + "  " + mustBe
        }
        return lines.joined(separator: "\n")
            + "\n(by arrival: with a tolerance of \(tolerance) ms for delays on a busy machine)"
    }
}
