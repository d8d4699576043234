/// Chooses behaviours by probability: a pure function of the seed, the phone, and how often that phone was asked for.
///
/// The order in which different phones arrive changes nothing, so a run with many workers can be repeated exactly.
struct BehaviourRates: Sendable {
    /// Behaviours with the upper end of their share of 0…1, in the order of `Behaviour.allCases`.
    private let ladder: [(limit: Double, behaviour: Behaviour)]
    private let seed: UInt64

    init(seed: UInt64, rates: [Behaviour: Double]) {
        var limit = 0.0
        var ladder: [(limit: Double, behaviour: Behaviour)] = []
        for behaviour in Behaviour.allCases where behaviour != .accept {
            guard let rate = rates[behaviour], rate > 0 else { continue }
            limit += rate
            ladder.append((limit: limit, behaviour: behaviour))
        }
        self.ladder = ladder
        self.seed = seed
    }

    /// False when every request is accepted and nothing has to be counted.
    var isUsed: Bool { !ladder.isEmpty }

    /// The behaviour of request number `request` (0 is the first) for `phone`.
    ///
    /// Whether a phone has WhatsApp at all is drawn once; everything else is drawn anew for each request.
    func behaviour(phone: String, request: Int) -> Behaviour {
        let first = draw(phone: phone, request: 0)
        guard request > 0, first != .noWhatsApp else { return first }
        let later = draw(phone: phone, request: request)
        return later == .noWhatsApp ? .accept : later
    }

    private func draw(phone: String, request: Int) -> Behaviour {
        var hash = SplitMix64.mix(seed &+ UInt64(request) &* SplitMix64.increment)
        for byte in phone.utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
        let share = SplitMix64.share(SplitMix64.mix(hash))
        return ladder.first { share < $0.limit }?.behaviour ?? .accept
    }
}
