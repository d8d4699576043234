import CampaignCore
import Testing

@Suite struct InstanceLimitsTests {
    @Test func `another campaign tightens the limits and never loosens them`() {
        var limits = InstanceLimits(
            paces: [.every(Pace(calls: 6, per: .seconds(60)))], dailyCap: 100, warmups: [[20, 50]])
        limits.tighten(by: InstanceLimits(paces: [.open], dailyCap: nil, warmups: []))
        #expect(limits.gap(ringing: .seconds(5), random: 0.5) == .seconds(10))
        #expect(limits.cap(daysOfUseBefore: 9) == 50)
        limits.tighten(by: InstanceLimits(paces: [.afterRinging], dailyCap: 40, warmups: [[30, 30, 90]]))
        #expect(limits.gap(ringing: .seconds(5), random: 0) == .seconds(10))
        #expect(limits.gap(ringing: .seconds(15), random: 0.5) == .seconds(17))
        #expect(limits.cap(daysOfUseBefore: 0) == 20)
        #expect(limits.cap(daysOfUseBefore: 1) == 30)
        #expect(limits.cap(daysOfUseBefore: 7) == 40)
    }

    @Test func `an instance without a cap has none`() {
        let limits = InstanceLimits(Instance(name: "a", id: "A", token: Secret("t")))
        #expect(limits.cap(daysOfUseBefore: 0) == nil)
        #expect(limits.paces == [.afterRinging])
    }
}

@Suite struct PaceMarkTests {
    private let now = Timestamp(milliseconds: 1_800_000_000_000)
    private let uptime = Uptime(boot: "a", duration: .seconds(500))
    private let gap = Duration.seconds(10)

    private func mark(in seconds: Int, boot: String? = "a", isUncertain: Bool = false) -> PaceMark {
        PaceMark(
            nextAt: now.advanced(by: .seconds(seconds)),
            nextUptime: boot.map { Uptime(boot: $0, duration: uptime.duration + .seconds(seconds)) },
            isUncertain: isUncertain)
    }

    @Test(arguments: [Duration.zero, .seconds(-86_400), .seconds(86_400)])
    func `within one boot the wait is exact, wherever the wall clock was set to`(step: Duration) {
        let shown = now.advanced(by: step)
        #expect(mark(in: 4).wait(now: shown, uptime: uptime, gap: gap) == .seconds(4))
        #expect(mark(in: -4).wait(now: shown, uptime: uptime, gap: gap) == .zero)
        #expect(mark(in: 7200).wait(now: shown, uptime: uptime, gap: gap) == .seconds(7200))
    }

    @Test func `after a restart of the machine a whole gap is waited, and never longer than an hour`() {
        #expect(mark(in: -4, boot: "b").wait(now: now, uptime: uptime, gap: gap) == gap)
        #expect(mark(in: 40, boot: nil).wait(now: now, uptime: uptime, gap: gap) == .seconds(40))
        #expect(mark(in: 86_400, boot: "b").wait(now: now, uptime: uptime, gap: gap) == .seconds(3600))
    }

    @Test func `after an interrupted run a whole gap is waited, even if no call was ever written down`() {
        #expect(mark(in: 4, isUncertain: true).wait(now: now, uptime: uptime, gap: gap) == gap)
        #expect(mark(in: 40, isUncertain: true).wait(now: now, uptime: uptime, gap: gap) == .seconds(40))
        #expect(PaceMark(nextAt: .epoch, isUncertain: true).wait(now: now, uptime: uptime, gap: gap) == gap)
    }

    @Test func `a pace that was never used does not wait`() {
        #expect(PaceMark(nextAt: .epoch).wait(now: now, uptime: uptime, gap: gap) == .zero)
    }
}

@Suite struct QuarantineTests {
    private let policy = RetryPolicy(attempts: 4, first: .seconds(30), longest: .seconds(100))

    @Test func `five failures in a row are a rest, and after it each further one is a longer rest, up to a bound`() {
        var quarantine = Quarantine()
        let rests = (1...9).map { _ in quarantine.noteFailure(policy) }
        #expect(rests == [nil, nil, nil, nil, .seconds(30), .seconds(60), .seconds(100), .seconds(100), .seconds(100)])
    }

    @Test func `one call that goes well begins the count anew, and the rests too`() {
        var quarantine = Quarantine()
        for _ in 1...6 { _ = quarantine.noteFailure(policy) }
        quarantine.noteSuccess()
        let rests = (1...5).map { _ in quarantine.noteFailure(policy) }
        #expect(rests == [nil, nil, nil, nil, .seconds(30)])
    }
}
