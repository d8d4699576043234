/// How the simulated Z-API behaves: who may call, what happens for which phone, how slow it is, and when which instance
/// is disconnected.
///
/// Read from a JSON file by `Scenario.load`; every key may be left out.
package struct Scenario: Sendable, Equatable {
    /// An instance that exists.
    package struct Instance: Sendable, Equatable {
        /// The instance id in the path.
        package var id: String
        /// The instance token in the path.
        package var token: String

        package init(id: String, token: String) {
            self.id = id
            self.token = token
        }
    }

    /// What chooses the behavior of a send-call.
    package enum Choice: String, Codable, Sendable, CaseIterable {
        /// The last two digits of the phone, by `Behavior.digitTable`.
        case digits
        /// The seed and `rates`.
        case rates
    }

    /// A period during which the phone of an instance is disconnected.
    package struct Disconnection: Sendable, Equatable {
        /// The instance id.
        package var instance: String
        /// When it begins, counted from the start of the simulator.
        package var after: Duration
        /// How long it lasts.
        package var lasting: Duration

        package init(instance: String, after: Duration, lasting: Duration) {
            self.instance = instance
            self.after = after
            self.lasting = lasting
        }
    }

    /// A text message of another program.
    package struct Message: Sendable, Equatable {
        /// The instance id.
        package var instance: String
        /// The recipient.
        package var phone: String
        package var text: String

        package init(instance: String, phone: String, text: String) {
            self.instance = instance
            self.phone = phone
            self.text = text
        }
    }

    /// What `me` says about the account of every instance.
    package struct Account: Sendable, Equatable {
        /// When it has been paid until, in seconds since 1970; nil is in thirty days.
        package var due: Int64?
        package var paymentStatus = "PAID"
        /// Whether incoming calls are rejected.
        package var callRejectAuto = false

        /// A paid account that lets calls in.
        package init() {}
    }

    /// The instances that exist; nil means that every id with any token does.
    package var instances: [Instance]?
    /// The account security token that each request must contain; nil means that none is required.
    package var clientToken: String?
    /// Determines ids, latencies and, with `choice` `rates`, behaviors. The same seed gives the same run.
    package var seed: UInt64 {
        get { givenSeed ?? 1 }
        set { givenSeed = newValue }
    }
    /// The seed that was given; nil means the default one.
    package private(set) var givenSeed: UInt64?
    /// What chooses the behavior of a send-call.
    package var choice: Choice
    /// Share of the requests with each behavior, each 0…1 and together at most 1; the rest is accepted. Only used with
    /// `choice` `rates`, where each request of a phone is drawn separately: "twice" and "once" do not apply.
    package var rates: [Behavior: Double]
    /// How long each send-call waits between its ledger line and its reply.
    package var latency: ClosedRange<Duration>
    /// How long a hanging call holds its connection.
    package var hang: Duration
    /// The Retry-After of a 429, in whole seconds (rounded up).
    package var retryAfter: Duration
    /// When which instance is disconnected.
    package var disconnections: [Disconnection]
    /// Whether calls in the provider queue have a `CallDuration`; without it they do not show what they are.
    package var queueShowsCalls = true
    /// Text messages that another program sends whenever the phone of their instance is disconnected.
    package var messages: [Message] = []
    /// How the instance's token is written in a response that leaks it: in the errors of ``Behavior/tellToken`` and,
    /// unless nil, in the ids of ``messages`` in the provider queue.
    package var tokenForm: TokenForm?
    package var account = Account()
    /// Whether the account has the calls contract, so that its webhooks say whether a call was answered.
    package var callsContract = true
    /// Share of the calls with each disposition, each 0…1 and together at most 1; the rest is decided by the digits of
    /// the phone, and so is everything when this is empty.
    package var dispositions: [Disposition: Double] = [:]
    /// How long a second of a ring, and of the time until the person replies, takes for the webhooks, in seconds.
    package var timeScale = 1.0
    /// Share of the webhooks (of the calls, for ``WebhookFault/outOfOrder`` and ``WebhookFault/beforeReply``) that have
    /// each fault; they are drawn independently of each other.
    package var faults: [WebhookFault: Double] = [:]
    /// How much later a late webhook is sent, before the time scale.
    package var lateBy = Duration.seconds(30)
    /// How often a webhook is sent again when its receiver does not answer 2xx. Z-API documents no repeats.
    package var webhookRepeats = 0

    /// By default every client may call, the digits choose, and there is no latency and a hang of 60 s.
    package init(
        instances: [Instance]? = nil,
        clientToken: String? = nil,
        seed: UInt64? = nil,
        choice: Choice = .digits,
        rates: [Behavior: Double] = [:],
        latency: ClosedRange<Duration> = .zero ... .zero,
        hang: Duration = .seconds(60),
        retryAfter: Duration = .seconds(1),
        disconnections: [Disconnection] = []
    ) {
        self.instances = instances
        self.clientToken = clientToken
        givenSeed = seed
        self.choice = choice
        self.rates = rates
        self.latency = latency
        self.hang = hang
        self.retryAfter = retryAfter
        self.disconnections = disconnections
    }

    /// The latency of request number `sequence`: a pure function of the seed and the number.
    func latency(ofRequest sequence: Int) -> Duration {
        guard latency.lowerBound < latency.upperBound else { return latency.lowerBound }
        let share = SplitMix64.share(SplitMix64.mix(seed &+ UInt64(sequence) &* SplitMix64.increment))
        return latency.lowerBound + (latency.upperBound - latency.lowerBound) * share
    }
}
