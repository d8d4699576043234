import CampaignCore

/// The figures of a verification, or of one round of it.
struct VerifyTally: Encodable, Sendable {
    /// How much too soon a call may arrive without being a violation: a busy machine delays requests on their way.
    /// Intents have no tolerance, since they are stamped where the decision is made.
    static let arrivalTolerance = Duration.milliseconds(500)

    /// Rounds, each with a fresh database that was dialed to the end.
    var rounds = 0
    /// Processes that were started to dial: runs and services.
    var starts = 0
    /// Those that were killed, in whatever role.
    var kills = 0
    /// Of these, services that held the database.
    var servicesKilled = 0
    /// Of these, runs for which another process dialed or was to dial.
    var clientsKilled = 0
    /// How often a process took the database over from another that had dialed for it.
    var takeovers = 0
    /// Campaigns that were paused, and resumed.
    var pauses = 0
    /// How often those who were left were cancelled, because Z-API refused all of them in the same words.
    var givenUp = 0
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
    /// What it reveals about webhooks.
    var webhooks = WebhookAudit()
    /// Rounds in which services received webhooks.
    var roundsWithWebhooks = 0
    /// Spooled results that no start has recorded.
    var resultsLeftInSpool = 0
    /// Defects of the databases.
    var damage: [VerifyFinding] = []
    /// Runs that ended as none should, with their last lines.
    var unexpectedEnds: [VerifyFinding] = []

    /// Adds the figures of a round.
    mutating func add(_ round: VerifyTally) {
        rounds += round.rounds
        starts += round.starts
        kills += round.kills
        servicesKilled += round.servicesKilled
        clientsKilled += round.clientsKilled
        takeovers += round.takeovers
        pauses += round.pauses
        givenUp += round.givenUp
        fullDisks += round.fullDisks
        resultsSpooled += round.resultsSpooled
        commandsBeside += round.commandsBeside
        blockedBeside += round.blockedBeside
        audit.add(round.audit)
        webhooks.add(round.webhooks)
        roundsWithWebhooks += round.roundsWithWebhooks
        resultsLeftInSpool += round.resultsLeftInSpool
        damage += round.damage
        unexpectedEnds += round.unexpectedEnds
    }

    /// The promises, each with how often it was broken.
    var violations: [(promise: Phrase, count: Int)] {
        audit.violations + webhooks.violations + [
            (
                Phrase("results left outside the database", "resultados que ficaram fora do banco de dados"),
                resultsLeftInSpool
            ),
            (Phrase("defects in the databases", "defeitos nos bancos de dados"), damage.count),
            (
                Phrase("runs that ended unexpectedly", "execuções que terminaram de modo inesperado"),
                unexpectedEnds.count
            ),
        ]
    }

    /// Whether no promise is broken.
    var isClean: Bool { violations.allSatisfy { $0.count == 0 } }
}
