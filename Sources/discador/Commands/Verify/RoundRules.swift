import CampaignCore
import ZAPISimulator

/// What happens in one round: its campaigns, their paces, and how badly the simulator behaves; all from a seed.
struct RoundRules: Sendable {
    static let token = "verify-token"
    static let clientToken = "verify-client-token"
    static let workers = 16

    /// The names of the campaigns: one to three, which share the instances.
    let campaigns: [String]
    /// The share of each campaign where it competes with others.
    let shares: [String: Int]
    /// How many processes that dial, or watch others dial, there are at the same time.
    let processes: Int
    /// Whether one of them may be a service.
    let hasService: Bool
    /// Whether campaigns are paused and resumed meanwhile.
    let hasPauses: Bool
    let instances: [String]
    /// Between calls of an instance.
    let instanceGap: Duration
    /// Between calls of a campaign.
    let campaignGap: Duration
    /// Whether the gaps are longer than a restart takes, so that a start that has forgotten its pace is caught. A few
    /// contacts then take as long as many usually do.
    let isSlow: Bool
    /// How the simulator behaves.
    let scenario: Scenario
    /// Whether disks fill up in this round.
    let fillsDisk: Bool
    /// Whether instances lose their phones in this round.
    let disconnects: Bool
    /// Whether other commands use the database during the runs of this round.
    let hasConcurrentCommands: Bool
    /// Whether the services receive webhooks in this round.
    let hasWebhooks: Bool
    /// Whether Z-API may keep calls while an instance is disconnected.
    let queuesCalls: Bool

    init(seed: UInt64, using random: inout some RandomNumberGenerator) {
        campaigns = Array(["verify-a", "verify-b", "verify-c"].prefix(Int.random(in: 1...3, using: &random)))
        shares = Dictionary(uniqueKeysWithValues: campaigns.map { ($0, Int.random(in: 1...3, using: &random)) })
        processes = Int.random(in: 1...3, using: &random)
        let mayServe = Int.random(in: 0..<3, using: &random) > 0
        hasPauses = Bool.random(using: &random)
        isSlow = Int.random(in: 0..<4, using: &random) == 0
        instances = (1...(isSlow ? 6 : Int.random(in: 2...3, using: &random))).map { "i\($0)" }
        instanceGap = .milliseconds(Int.random(in: isSlow ? 400...800 : 8...14, using: &random))
        campaignGap = .milliseconds(Int.random(in: isSlow ? 60...120 : 3...5, using: &random))
        fillsDisk = Bool.random(using: &random)
        disconnects = Bool.random(using: &random)
        hasConcurrentCommands = Int.random(in: 0..<3, using: &random) > 0
        let severity = Double.random(in: 0...1.5, using: &random)
        hasWebhooks = Bool.random(using: &random)
        hasService = mayServe || hasWebhooks
        queuesCalls = Bool.random(using: &random)
        var scenario = Scenario(
            instances: instances.map { .init(id: $0, token: Self.token) }, clientToken: Self.clientToken,
            seed: seed, choice: .rates, rates: Self.faults.mapValues { $0 * severity },
            latency: .milliseconds(1) ... .milliseconds(25), hang: .milliseconds(1_300), retryAfter: .zero)
        if hasWebhooks { scenario.tellEvents(hasContract: Int.random(in: 0..<4, using: &random) > 0) }
        self.scenario = scenario
    }

    /// The share of calls with each fault. There is no redirect, since it counts as a misconfiguration and stops an
    /// instance permanently.
    private static let faults: [Behavior: Double] = [
        .throttle: 0.015, .throttleByDate: 0.003, .busy: 0.01, .fail: 0.01, .failOnce: 0.02, .refuse: 0.02,
        .noWhatsApp: 0.02, .hang: 0.006, .cutBefore: 0.015, .cutAfter: 0.02, .unreadable: 0.015, .oversized: 0.005,
        .gatewayPage: 0.015, .gatewayBusy: 0.015, .gatewayError: 0.01, .ninthDigit: 0.02,
    ]

    /// The campaign file of one campaign, whose instances answer at `baseURL`.
    func campaignFile(name: String, baseURL: String) -> String {
        """
        name: \(name)
        contacts: contatos.csv
        call: {duration: 1}
        instances:
        \(instances.map { instance($0, baseURL: baseURL) }.joined(separator: "\n"))
        pace: {calls: 1, per: \(campaignGap.millisecondsRoundedUp)ms}
        workers: \(Self.workers)
        share: \(shares[name] ?? 1)
        timeout: 1s
        retry: {attempts: 3, first: 20ms, longest: 200ms}
        inDoubt: hold
        health: {every: 1s}
        window: always
        queueWhileDisconnected: \(queuesCalls ? "allow" : "refuse")

        """
    }

    private func instance(_ name: String, baseURL: String) -> String {
        """
          - name: \(name)
            id: \(name)
            token: ${DISCADOR_VERIFY_TOKEN}
            clientToken: ${DISCADOR_VERIFY_CLIENT_TOKEN}
            baseURL: \(baseURL)
            pace: {calls: 1, per: \(instanceGap.millisecondsRoundedUp)ms}
        """
    }
}

extension Scenario {
    /// Has it send webhooks, of which much goes wrong on the way.
    ///
    /// The shares are binary fractions, so that together they are exactly 1. There are no errors that put an instance
    /// into quarantine for a day.
    fileprivate mutating func tellEvents(hasContract: Bool) {
        callsContract = hasContract
        timeScale = 0.05
        lateBy = .seconds(20)
        // For three seconds. What is refused for good is repeated too, and the round waits for that.
        webhookRepeats = 6
        dispositions = [
            .answered: 18 / 64, .missed: 14 / 64, .callsBack: 4 / 64, .repliesStop: 4 / 64, .repliesPhrase: 2 / 64,
            .repliesUnclear: 3 / 64, .repliesAudio: 2 / 64, .repliesThanks: 3 / 64, .pressesButton: 2 / 64,
            .noCallEvent: 2 / 64, .silent: 2 / 64, .deliveryNoWhatsApp: 2 / 64, .deliveryNotQueued: 4 / 64,
            .deliveryTimeout: 1 / 64, .deliveryOther: 1 / 64,
        ]
        faults = [
            .duplicate: 0.15, .late: 0.05, .outOfOrder: 0.1, .lidOnly: 0.05, .secondsTime: 0.05, .textTime: 0.05,
            .unknownKind: 0.02, .tooLarge: 0.002, .wrongInstance: 0.02, .beforeReply: 0.1,
        ]
    }
}
