/// Chooses behaviors by probability: a pure function of the seed, the phone, and how often that phone was requested.
///
/// The order in which different phones arrive does not matter, so a run with many workers can be repeated exactly.
struct BehaviorRates: Sendable {
    /// Behaviors with the upper end of their share of 0…1, in the order of `Behavior.allCases`.
    private let ladder: [(limit: Double, behavior: Behavior)]
    private let seed: UInt64

    init(seed: UInt64, rates: [Behavior: Double]) {
        var limit = 0.0
        var ladder: [(limit: Double, behavior: Behavior)] = []
        for behavior in Behavior.allCases where behavior != .accept {
            guard let rate = rates[behavior], rate > 0 else { continue }
            limit += rate
            ladder.append((limit: limit, behavior: behavior))
        }
        self.ladder = ladder
        self.seed = seed
    }

    /// False when every request is accepted and nothing has to be counted.
    var isUsed: Bool { !ladder.isEmpty }

    /// The behavior of request number `request` (0 is the first) for `phone`.
    ///
    /// Whether a phone has WhatsApp is drawn once; everything else is drawn again for each request.
    func behavior(phone: String, request: Int) -> Behavior {
        let first = draw(phone: phone, request: 0)
        guard request > 0, first != .noWhatsApp else { return first }
        let later = draw(phone: phone, request: request)
        return later == .noWhatsApp ? .accept : later
    }

    private func draw(phone: String, request: Int) -> Behavior {
        var hash = SplitMix64.mix(seed &+ UInt64(request) &* SplitMix64.increment)
        for byte in phone.utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
        let share = SplitMix64.share(SplitMix64.mix(hash))
        return ladder.first { share < $0.limit }?.behavior ?? .accept
    }
}
