import CampaignCore
import Testing

@Suite struct PaceGateTests {
    private let gap = Duration.seconds(10)

    @Test func `the first call passes immediately and the second after a gap`() {
        var gate = PaceGate()
        #expect(gate.isOpen(at: .zero))
        gate.pass(at: .zero, gap: gap)
        #expect(!gate.isOpen(at: .zero))
        #expect(!gate.isOpen(at: gap - .nanoseconds(1)))
        #expect(gate.isOpen(at: gap))
    }

    @Test func `a pause is not followed by a burst`() {
        var gate = PaceGate()
        gate.pass(at: .zero, gap: gap)
        let afterPause = Duration.seconds(3600)
        #expect(gate.isOpen(at: afterPause))
        gate.pass(at: afterPause, gap: gap)
        #expect(!gate.isOpen(at: afterPause + gap - .nanoseconds(1)))
        #expect(gate.opensAt == afterPause + gap)
    }

    @Test func `a call that passes late moves the gate from when it passed`() {
        var gate = PaceGate()
        gate.pass(at: .zero, gap: gap)
        gate.pass(at: .seconds(14), gap: gap)
        #expect(gate.opensAt == .seconds(24))
    }

    @Test func `a hold never opens a gate earlier`() {
        var gate = PaceGate(opensAt: .seconds(30))
        gate.holdUntil(.seconds(5))
        #expect(gate.opensAt == .seconds(30))
        gate.holdUntil(.seconds(60))
        #expect(gate.opensAt == .seconds(60))
        gate.pass(at: .seconds(31), gap: gap)
        #expect(gate.opensAt == .seconds(60))
    }

    @Test(arguments: 1...20)
    func `no window of any length holds more calls than its share`(_ seed: UInt64) {
        var random = FixedRandom(seed: seed)
        let pace = Pace(calls: 1 + random.below(9), per: .milliseconds(100 + random.below(60_000)))
        let passages = passages(at: pace, &random)
        #expect(passages.count > 20)
        for (index, first) in passages.enumerated() {
            for (further, last) in passages[index...].enumerated() {
                // The shortest window with these calls is half-open and just longer than from the first to the last.
                let window = last - first + .nanoseconds(1)
                let share = (window.nanoseconds + pace.gap.nanoseconds - 1) / pace.gap.nanoseconds
                #expect(further + 1 <= share)
                if window <= pace.per { #expect(further + 1 <= pace.calls) }
            }
        }
    }

    @Test(arguments: 1...5)
    func `gaps of random length are all kept`(_ seed: UInt64) {
        var random = FixedRandom(seed: 50 + seed)
        var gate = PaceGate()
        var now = Duration.zero
        var earliest = Duration.zero
        for _ in 0..<2000 {
            now += .milliseconds(random.below(4000))
            guard gate.isOpen(at: now) else { continue }
            #expect(now >= earliest)
            let gap = InstancePace.afterRinging.gap(ringing: .seconds(2), random: Double(random.below(1000)) / 1000)
            gate.pass(at: now, gap: gap)
            earliest = now + gap
        }
    }

    /// Calls that try to pass at random times: in bursts, with pauses, and held now and then.
    private func passages(at pace: Pace, _ random: inout FixedRandom) -> [Duration] {
        var gate = PaceGate()
        var now = Duration.zero
        var passed: [Duration] = []
        while passed.count < 120 {
            switch random.below(20) {
            case 0: now += pace.per * (1 + random.below(5))
            case 1: gate.holdUntil(now + .milliseconds(random.below(1000)))
            case 2...6: now = max(now, gate.opensAt)
            default: now += .nanoseconds(random.below(Int(clamping: pace.gap.nanoseconds)))
            }
            guard gate.isOpen(at: now) else { continue }
            gate.pass(at: now, gap: pace.gap)
            passed.append(now)
        }
        return passed
    }
}

extension Duration {
    fileprivate var nanoseconds: Int64 {
        components.seconds * 1_000_000_000 + components.attoseconds / 1_000_000_000
    }
}
