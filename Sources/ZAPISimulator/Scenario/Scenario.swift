/// How the simulated Z-API behaves: who may call, what happens to which phone, how slow it is, and which instance is
/// disconnected when.
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

    /// A time during which the phone of an instance is disconnected.
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
        /// Whom it is for.
        package var phone: String
        /// What it says.
        package var text: String

        package init(instance: String, phone: String, text: String) {
            self.instance = instance
            self.phone = phone
            self.text = text
        }
    }

    /// The instances that exist; nil: every id with every token does.
    package var instances: [Instance]?
    /// The account security token that each request must carry; nil: none is asked for.
    package var clientToken: String?
    /// Decides ids, latencies and, with `choice` `rates`, behaviors. The same seed gives the same run.
    package var seed: UInt64
    /// What chooses the behavior of a send-call.
    package var choice: Choice
    /// Share of the requests that behave so, each 0…1 and together at most 1; the rest is accepted. Used with `choice`
    /// `rates` only, where each request of a phone is drawn anew: "twice" and "once" do not apply.
    package var rates: [Behavior: Double]
    /// Time that each send-call waits between its ledger line and its reply.
    package var latency: ClosedRange<Duration>
    /// How long a hanging call holds its connection.
    package var hang: Duration
    /// The Retry-After of a 429, in whole seconds (rounded up).
    package var retryAfter: Duration
    /// When which instance is disconnected.
    package var disconnections: [Disconnection]
    /// Whether items of the queue that are calls have a `CallDuration`; without it they do not say what they are.
    package var queueShowsCalls = true
    /// Text messages that another program sends whenever the phone of their instance is disconnected.
    package var messages: [Message] = []
    /// How the token of the instance is written in a response that leaks it: in the errors of ``Behavior/tellToken`` and,
    /// unless nil, in the ids of ``messages`` in the queue.
    package var tokenForm: TokenForm?

    /// Without arguments: every client may call, the digits choose, no latency, a hang of 60 s.
    package init(
        instances: [Instance]? = nil,
        clientToken: String? = nil,
        seed: UInt64 = 1,
        choice: Choice = .digits,
        rates: [Behavior: Double] = [:],
        latency: ClosedRange<Duration> = .zero ... .zero,
        hang: Duration = .seconds(60),
        retryAfter: Duration = .seconds(1),
        disconnections: [Disconnection] = []
    ) {
        self.instances = instances
        self.clientToken = clientToken
        self.seed = seed
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
