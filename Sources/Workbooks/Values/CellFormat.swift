/// What a number format says about the numbers it shows, as far as it matters for the stored value.
enum CellFormat: Hashable {
    /// A number, however it is shown.
    case number
    /// As many digits at least, as in `00000000000`.
    case zeros(Int)
    /// A day, with or without the time of day.
    case date(showsTime: Bool)
    /// A time of day.
    case time
    /// Hours beyond 24, as in `[h]:mm`.
    case elapsed

    /// The formats that files only name by number (ECMA-376 part 1, 18.8.30). Those from 27 on are dates in East Asian
    /// editions, and not used by others.
    init(builtIn number: Int) {
        switch number {
        case 14...17, 27...31, 36, 50...54, 57, 58: self = .date(showsTime: false)
        case 18...21, 32...35, 45, 47, 55, 56: self = .time
        case 22: self = .date(showsTime: true)
        case 46: self = .elapsed
        default: self = .number
        }
    }

    /// - Parameter code: a format as files write it, in English letters whatever the program's language.
    init(code: String) {
        var scan = FormatScan()
        scan.read(Array(code.utf8.prefix(1024)))
        self = scan.format
    }
}

/// Looks for the letters of dates and times in the first section of a format, the one for positive numbers.
private struct FormatScan {
    private var hasDate = false
    private var hasTime = false
    private var isElapsed = false
    /// Whether there is a place for a digit, and whether it came before any letter.
    private var hasDigit = false
    private var startsWithDigit = false
    /// How many zeros the format consists of; nil when there is anything else.
    private var zeros: Int? = 0
    /// Months or minutes, not known yet.
    private var openM = false
    private var lastWasHour = false

    var format: CellFormat {
        if let zeros, zeros > 1 { return .zeros(zeros) }
        if startsWithDigit { return .number }
        if isElapsed { return .elapsed }
        if hasDate || openM { return .date(showsTime: hasTime) }
        return hasTime ? .time : .number
    }

    mutating func read(_ code: [UInt8]) {
        var place = 0
        while place < code.count {
            let byte = code[place]
            switch byte {
            case 0x3B:
                zeros = nil
                return
            case 0x22: place = FormatScan.index(of: 0x22, in: code, after: place)
            // A backslash shows the next character, `_` leaves its width, `*` fills with it.
            case 0x5C, 0x5F, 0x2A: place += 1
            case 0x5B:
                let end = FormatScan.index(of: 0x5D, in: code, after: place)
                readBracket(code[min(place + 1, code.count)..<min(end, code.count)])
                place = end
            default:
                if FormatScan.isGeneral(code[place...]) {
                    place += 6
                    hasDigit = true
                } else {
                    place += readLetter(code, place)
                }
            }
            if byte != 0x30 { zeros = nil }
            place += 1
        }
    }

    /// - Returns: how many further bytes belong to it.
    private mutating func readLetter(_ code: [UInt8], _ place: Int) -> Int {
        let letter = code[place] | 0x20
        var end = place
        while end + 1 < code.count, code[end + 1] | 0x20 == letter { end += 1 }
        switch letter {
        case UInt8(ascii: "y"), UInt8(ascii: "d"):
            hasDate = true
            settle()
        case UInt8(ascii: "m"):
            // Minutes after an hour, or before a second; else months.
            if lastWasHour { hasTime = true } else { openM = true }
            lastWasHour = false
        case UInt8(ascii: "h"):
            hasTime = true
            settle()
            lastWasHour = true
        case UInt8(ascii: "s"):
            hasTime = true
            openM = false
        case UInt8(ascii: "a"):
            if code[place...].prefix(5).elementsEqual("AM/PM".utf8)
                || code[place...].prefix(3).elementsEqual("A/P".utf8)
            {
                hasTime = true
                return code[place...].prefix(3).elementsEqual("A/P".utf8) ? 2 : 4
            }
        default: return readDigit(code[place])
        }
        return end - place
    }

    private mutating func readDigit(_ byte: UInt8) -> Int {
        guard byte == 0x30 || byte == 0x23 || byte == 0x3F else { return 0 }
        if !hasDigit, !hasDate, !hasTime, !openM { startsWithDigit = true }
        hasDigit = true
        if byte == 0x30, let count = zeros { zeros = count + 1 }
        return 0
    }

    /// An m that nothing has made a minute is a month.
    private mutating func settle() {
        if openM { hasDate = true }
        openM = false
        lastWasHour = false
    }

    /// `[h]`, `[mm]` and the like; the others are colors, conditions and languages.
    private mutating func readBracket(_ content: ArraySlice<UInt8>) {
        guard let first = content.first, [0x68, 0x6D, 0x73].contains(first | 0x20) else { return }
        guard content.allSatisfy({ $0 | 0x20 == first | 0x20 }) else { return }
        isElapsed = true
        lastWasHour = first | 0x20 == 0x68
    }

    private static func isGeneral(_ code: ArraySlice<UInt8>) -> Bool {
        code.count >= 7 && code.prefix(7).map { $0 | 0x20 }.elementsEqual("general".utf8)
    }

    private static func index(of byte: UInt8, in code: [UInt8], after place: Int) -> Int {
        code[min(place + 1, code.count)...].firstIndex(of: byte) ?? code.count
    }
}
