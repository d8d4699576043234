/// Chooses behaviors by probability: a pure function of the seed, the phone, and how often that phone was requested.
///
/// The order in which different phones arrive does not matter, so a run with many workers can be repeated exactly.
struct BehaviorRates: Sendable {
    private let ladder: ShareLadder<Behavior>
    private let seed: UInt64

    init(seed: UInt64, rates: [Behavior: Double]) {
        ladder = ShareLadder(rates.filter { $0.key != .accept })
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
        ladder.value(at: SplitMix64.share(seed: seed, phone, request)) ?? .accept
    }
}
