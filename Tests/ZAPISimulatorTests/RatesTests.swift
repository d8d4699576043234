import Testing

@testable import ZAPISimulator

@Suite struct RatesTests {
    private static let mixed: [Behavior: Double] = [.throttle: 0.1, .fail: 0.2, .noWhatsApp: 0.05, .cutAfter: 0.15]

    private func draws(seed: UInt64, request: Int = 0, count: Int = 20_000) -> [Behavior] {
        let rates = BehaviorRates(seed: seed, rates: Self.mixed)
        return (0..<count).map { rates.behavior(phone: "55119\(10_000_000 + $0)", request: request) }
    }

    @Test func `the same seed chooses the same behaviors and another seed chooses others`() {
        #expect(draws(seed: 1) == draws(seed: 1))
        #expect(draws(seed: 1) != draws(seed: 2))
        #expect(draws(seed: 1, request: 0) != draws(seed: 1, request: 1))
    }

    @Test(arguments: [0, 1, 2]) func `each behavior has its share`(request: Int) throws {
        let drawn = draws(seed: 42, request: request)
        for (behavior, rate) in Self.mixed where behavior != .noWhatsApp || request == 0 {
            let share = Double(drawn.count { $0 == behavior }) / Double(drawn.count)
            // A phone without WhatsApp stays without it, so the other shares lose a twentieth after the first request.
            #expect(abs(share - rate) < 0.02)
        }
    }

    @Test func `a phone without WhatsApp never gets it`() {
        let rates = BehaviorRates(seed: 3, rates: Self.mixed)
        for number in 0..<2_000 {
            let phone = "55119\(10_000_000 + number)"
            let first = rates.behavior(phone: phone, request: 0)
            for request in 1..<4 {
                #expect((rates.behavior(phone: phone, request: request) == .noWhatsApp) == (first == .noWhatsApp))
            }
        }
    }

    @Test func `a rate of one is always and no rate is never`() {
        let always = BehaviorRates(seed: 1, rates: [.refuse: 1])
        let never = BehaviorRates(seed: 1, rates: [.refuse: 0])
        for number in 0..<1_000 {
            #expect(always.behavior(phone: "\(number)", request: number) == .refuse)
            #expect(never.behavior(phone: "\(number)", request: number) == .accept)
        }
        #expect(!never.isUsed)
    }

    @Test func `the order in which phones are called does not change what they do`() async throws {
        let phones = (0..<30).map { "55119999900\($0 + 10)" }
        var outcomes: [[String: [Behavior]]] = []
        for order in [phones + phones, phones.reversed() + phones] {
            try await SimulatorClient.with(Scenario(seed: 5, choice: .rates, rates: [.fail: 0.4, .refuse: 0.3])) {
                for phone in order { _ = try await $0.call(phone) }
                outcomes.append(
                    $0.simulator.ledger().reduce(into: [:]) { outcome, entry in
                        guard let phone = entry.phone, let behavior = entry.behavior else { return }
                        outcome[phone, default: []].append(behavior)
                    }
                )
            }
        }
        #expect(outcomes[0] == outcomes[1])
        #expect(Set(outcomes[0].values.joined()) == [.accept, .fail, .refuse])
    }

    @Test func `latencies are in their range and repeat with the seed`() {
        let scenario = Scenario(latency: .milliseconds(20)...(.milliseconds(80)))
        let drawn = (0..<1_000).map { scenario.latency(ofRequest: $0) }
        #expect(drawn.allSatisfy { scenario.latency.contains($0) })
        #expect(Set(drawn).count > 900)
        #expect(drawn == (0..<1_000).map { scenario.latency(ofRequest: $0) })
        #expect(Scenario().latency(ofRequest: 1) == .zero)
    }
}
