import CampaignCore
import Testing

@Suite struct BrakeMeterTests {
    @Test func `too few outcomes never stop a campaign`() {
        var meter = BrakeMeter(Brake(failuresPercent: 50, over: 20))
        for _ in 0..<19 {
            meter.note(.refused)
            #expect(meter.tooManyFailures == nil)
        }
        meter.note(.refused)
        #expect(meter.tooManyFailures == 20)
    }

    @Test(arguments: [(9, nil), (10, 10), (11, 11)] as [(Int, Int?)])
    func `the share itself is already too much`(_ failures: Int, _ answer: Int?) {
        var meter = BrakeMeter(Brake(failuresPercent: 50, over: 20))
        for index in 0..<20 { meter.note(index < failures ? .refused : .accepted) }
        #expect(meter.tooManyFailures == answer)
    }

    @Test func `only the latest outcomes count`() {
        var meter = BrakeMeter(Brake(failuresPercent: 50, over: 4))
        for _ in 0..<4 { meter.note(.serverError) }
        #expect(meter.tooManyFailures == 4)
        for expected in [3, 2, nil] as [Int?] {
            meter.note(.accepted)
            #expect(meter.tooManyFailures == expected)
        }
    }

    @Test(
        arguments: [
            (AttemptOutcome.accepted, nil), (.refused, 2), (.serverError, 2), (.inDoubt, 2), (.notSent, nil),
            (.throttled, nil), (.misconfigured, nil),
        ] as [(AttemptOutcome, Int?)])
    func `only outcomes that say something about contacts or content count`(_ outcome: AttemptOutcome, _ answer: Int?) {
        var meter = BrakeMeter(Brake(failuresPercent: 100, over: 2))
        meter.note(outcome)
        meter.note(outcome)
        #expect(meter.tooManyFailures == answer)
    }

    @Test func `an accepted call that fails afterwards is one more failure and no further outcome`() {
        var meter = BrakeMeter(Brake(failuresPercent: 50, over: 4))
        meter.noteLateFailure("before any outcome")
        for _ in 0..<3 { meter.note(.accepted) }
        #expect(meter.tooManyFailures == nil && meter.outcomes == 4)
        meter.noteLateFailure("late")
        #expect(meter.tooManyFailures == 2 && meter.outcomes == 4)
        // The latest success it was, so that it leaves no sooner than it would have.
        meter.note(.accepted)
        #expect(meter.tooManyFailures == nil)
        meter.note(.refused)
        #expect(meter.tooManyFailures == 2)
    }

    @Test func `what an earlier run has counted goes on counting`() {
        var meter = BrakeMeter(Brake(failuresPercent: 50, over: 4), succeeded: 2, failed: 1)
        #expect(meter.outcomes == 3 && meter.failed == 1 && meter.tooManyFailures == nil)
        meter.note(.refused, error: "no")
        #expect(meter.tooManyFailures == 2)
        #expect(meter.errors.map(\.error) == ["before this run began", "no"])
        let full = BrakeMeter(Brake(failuresPercent: 50, over: 2), succeeded: 5, failed: 1)
        #expect(full.outcomes == 2 && full.failed == 1)
    }

    @Test(arguments: 1...8)
    func `the meter agrees with a plain count of the last outcomes`(_ seed: UInt64) {
        var random = FixedRandom(seed: seed)
        let brake = Brake(failuresPercent: 1 + random.below(100), over: 1 + random.below(30))
        var meter = BrakeMeter(brake)
        var seen: [Bool] = []
        for _ in 0..<500 {
            let outcome = AttemptOutcome.allCases[random.below(AttemptOutcome.allCases.count)]
            meter.note(outcome)
            switch outcome {
            case .accepted: seen.append(false)
            case .refused, .serverError, .inDoubt: seen.append(true)
            case .notSent, .throttled, .misconfigured: break
            }
            let last = seen.suffix(brake.over)
            let failures = last.count(where: \.self)
            let isTooMany = last.count == brake.over && failures * 100 >= brake.failuresPercent * brake.over
            #expect(meter.tooManyFailures == (isTooMany ? failures : nil))
        }
    }
}
