import CampaignCore
import Testing

@testable import Dashboard

@Suite struct LoginThrottleTests {
    private func at(_ seconds: Int64) -> Timestamp { Timestamp(milliseconds: seconds * 1000) }

    @Test func `a few wrong passwords cost nothing, and each further one waits twice as long`() throws {
        var throttle = LoginThrottle()
        for _ in 0..<5 { #expect(throttle.begin("ana", now: at(100)) == nil) }
        var now: Int64 = 100
        for wait in [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900] as [Int64] {
            #expect(throttle.begin("ana", now: at(now)) == at(now + wait))
            #expect(throttle.begin("ana", now: at(now + wait - 1)) == at(now + wait))
            now += wait
            #expect(throttle.begin("ana", now: at(now)) == nil)
        }
    }

    @Test func `others may go on meanwhile`() {
        var throttle = LoginThrottle()
        for _ in 0..<5 { _ = throttle.begin("ana", now: at(100)) }
        #expect(throttle.begin("ana", now: at(100)) != nil)
        #expect(throttle.begin("leo", now: at(100)) == nil)
    }

    @Test func `the right password starts over, and an hour without a wrong one too`() {
        var throttle = LoginThrottle()
        for _ in 0..<4 { _ = throttle.begin("ana", now: at(100)) }
        throttle.noteSuccess("ana")
        for _ in 0..<5 { #expect(throttle.begin("ana", now: at(100)) == nil) }
        #expect(throttle.begin("ana", now: at(100)) != nil)
        for _ in 0..<5 { #expect(throttle.begin("ana", now: at(4_000)) == nil) }
    }

    @Test func `many wrong ones under many names let everybody wait, for seconds only`() throws {
        var throttle = LoginThrottle()
        for number in 0..<50 { #expect(throttle.begin("user \(number)", now: at(100)) == nil) }
        var now: Int64 = 100
        for number in 0..<100 {
            let begun = throttle.begin("ana \(number)", now: at(now))
            let until = try #require(begun)
            #expect(until.milliseconds - now * 1000 <= 10_000)
            now = until.milliseconds / 1000
            #expect(throttle.begin("ana \(number)", now: at(now)) == nil)
        }
    }

    @Test func `people who sign in with the right password never let others wait`() {
        var throttle = LoginThrottle()
        for number in 0..<1_000 {
            #expect(throttle.begin("user \(number)", now: at(100)) == nil)
            throttle.noteSuccess("user \(number)")
        }
        #expect(throttle.begin("ana", now: at(100)) == nil)
    }

    @Test func `a name whose passwords were guessed is not forgotten for the sake of others`() {
        var throttle = LoginThrottle()
        var now: Int64 = 100
        for _ in 0..<12 { while let until = throttle.begin("ana", now: at(now)) { now = until.milliseconds / 1000 } }
        let until = throttle.begin("ana", now: at(now))
        for number in 0..<40 { _ = throttle.begin("user \(number)", now: at(now)) }
        #expect(until != nil && throttle.begin("ana", now: at(now)).map { $0 >= until ?? .epoch } == true)
    }
}
