import CampaignCore
import Testing

@Suite struct WindowGateTests {
    private static let room = Duration.seconds(18)
    /// A Friday, 2027-01-15T00:00:00Z.
    private static let friday = Timestamp(milliseconds: 1_799_971_200_000)

    private func at(_ hours: Int, _ minutes: Int = 0, _ milliseconds: Int64 = 0) -> Timestamp {
        Self.friday.advanced(by: .seconds(hours * 3600 + minutes * 60) + .milliseconds(milliseconds))
    }

    private func gate(days: Set<CallingWindow.Day> = [.mon, .fri], from: Int = 9 * 60, to: Int = 18 * 60) -> WindowGate
    {
        let window = CallingWindow(timeZone: "UTC", days: days, fromMinute: from, toMinute: to, holidays: [])
        return WindowGate(
            window: window, calendar: WindowCalendar(window: window) { _ in 0 }, room: Self.room)
    }

    @Test func `without a window it is always open`() {
        var gate = WindowGate(window: nil, calendar: WindowCalendar(window: nil) { _ in 0 }, room: Self.room)
        #expect(gate.state(at: at(3)) == .open)
    }

    @Test func `it opens on time, and shuts early enough for a ring and its spacing to end inside`() {
        var gate = gate()
        #expect(gate.state(at: at(8, 59, 59_999)) == .shut(until: at(9)))
        #expect(gate.state(at: at(9)) == .open)
        #expect(gate.state(at: at(17, 59, 42_000)) == .open)
        #expect(gate.state(at: at(17, 59, 42_001)) == .shut(until: at(3 * 24 + 9)))
    }

    @Test func `an answer that is kept is the answer that would be given, wherever the clock is set to`() {
        var kept = gate(from: 22 * 60, to: 2 * 60)
        var random = FixedRandom(seed: 11)
        for _ in 0..<3000 {
            let moment = Self.friday.advanced(by: .seconds(random.below(14 * 86_400)))
            var fresh = gate(from: 22 * 60, to: 2 * 60)
            #expect(kept.state(at: moment) == fresh.state(at: moment))
        }
    }

    @Test func `a window too short for a call never opens`() {
        let window = CallingWindow(timeZone: "UTC", days: [.fri], fromMinute: 540, toMinute: 541, holidays: [])
        let calendar = WindowCalendar(window: window) { _ in 0 }
        var gate = WindowGate(window: window, calendar: calendar, room: .seconds(61))
        #expect(gate.state(at: at(9)) == .shut(until: nil))
    }
}
