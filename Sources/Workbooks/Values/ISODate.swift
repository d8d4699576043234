/// The text of a cell of the type `d`, which strict workbooks have (ECMA-376 part 1, 18.18.11): a day, a time, or both.
enum ISODate {
    /// Makes the text as short as those of other dates: without zone, seconds of 0 and fractions of 0, and without a
    /// midnight that the format does not show.
    ///
    /// - Returns: nil when it is no date.
    static func shortened(_ text: ArraySlice<UInt8>, format: CellFormat) -> [UInt8]? {
        var rest = text
        var result: [UInt8] = []
        if matches(rest.prefix(10), "dddd-dd-dd") {
            result = Array(rest.prefix(10))
            guard isNumber(result[5...6], in: 1...12), isNumber(result[8...9], in: 1...31) else { return nil }
            rest = rest.dropFirst(10)
            if rest.isEmpty { return result }
            guard rest.first == UInt8(ascii: "T") || rest.first == 0x20 else { return nil }
        }
        if rest.first == UInt8(ascii: "T") || rest.first == 0x20 { rest = rest.dropFirst() }
        if rest.last == UInt8(ascii: "Z") { rest = rest.dropLast() }
        guard let time = shortenedTime(rest) else { return nil }
        if result.isEmpty { return time }
        if time == Array("00:00".utf8), format != .date(showsTime: true), format != .time { return result }
        return result + [UInt8(ascii: "T")] + time
    }

    private static func shortenedTime(_ text: ArraySlice<UInt8>) -> [UInt8]? {
        guard matches(text.prefix(5), "dd:dd") else { return nil }
        let time = Array(text.prefix(5))
        guard isNumber(time[0...1], in: 0...23), isNumber(time[3...4], in: 0...59) else { return nil }
        var rest = text.dropFirst(5)
        if rest.isEmpty { return time }
        guard matches(rest.prefix(3), ":dd"), isNumber(rest.prefix(3).dropFirst(), in: 0...59) else { return nil }
        let seconds = Array(rest.prefix(3))
        rest = rest.dropFirst(3)
        if rest.first == 0x2E { rest = rest.dropFirst() }
        guard rest.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) else { return nil }
        while rest.last == 0x30 { rest = rest.dropLast() }
        if rest.isEmpty { return seconds == Array(":00".utf8) ? time : time + seconds }
        return time + seconds + [0x2E] + rest
    }

    /// Whether a text has digits where a pattern has `d`, and else the same characters.
    private static func matches(_ text: ArraySlice<UInt8>, _ pattern: StaticString) -> Bool {
        guard text.count == pattern.utf8CodeUnitCount else { return false }
        return zip(text, UnsafeBufferPointer(start: pattern.utf8Start, count: pattern.utf8CodeUnitCount)).allSatisfy {
            $1 == UInt8(ascii: "d") ? $0 >= 0x30 && $0 <= 0x39 : $0 == $1
        }
    }

    private static func isNumber(_ digits: ArraySlice<UInt8>, in range: ClosedRange<Int>) -> Bool {
        range.contains(digits.reduce(0) { $0 * 10 + Int($1) - 0x30 })
    }
}
