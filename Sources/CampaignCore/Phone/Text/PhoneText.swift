/// The content of a cell, separated into digits and the rest, before any numbering plan is consulted.
struct PhoneText {
    /// The minimum number of digits that is a number on its own, so that a second number after it is not a
    /// continuation.
    static let wholeNumber = 8

    private(set) var digits = PhoneDigits()
    private(set) var hasPlus = false
    private(set) var problem: PhoneProblem?

    private let text: ArraySlice<UInt8>
    private var hasLetters = false
    private var hasSymbols = false
    private var hasTwoNumbers = false
    /// Digits since the last sign that may separate two numbers.
    private var partDigits = 0
    private var isAfterWholeNumber = false
    private var signs = Signs()

    /// The separators between the digits, as far as they distinguish a number from something else.
    private struct Signs {
        var dots = 0
        var commas = 0
        var others = 0
        var last: UInt8 = 0
        /// Digits since the last of them.
        var digitsBehind = 0

        mutating func add(_ byte: UInt8) {
            switch byte {
            case UInt8(ascii: "."): dots += 1
            case UInt8(ascii: ","): commas += 1
            default: others += 1
            }
            last = byte
            digitsBehind = 0
        }

        /// `4433334444,50`, `99.999.999,00`, `99,999,999.00`: an amount, not a phone.
        var endInDecimals: Bool {
            guard others == 0, 1...2 ~= digitsBehind else { return false }
            return last == UInt8(ascii: ",") ? commas == 1 : dots == 1 && commas > 0
        }

        /// Dots, then one dash or slash, as in `119.876.543-21`.
        var areThoseOfADocument: Bool {
            dots >= 2 && 1...2 ~= others && commas == 0 && (last == UInt8(ascii: "-") || last == UInt8(ascii: "/"))
        }
    }

    init(_ text: ArraySlice<UInt8>) {
        self.text = text
        scan()
        problem = judged()
    }

    /// The digits alone, however many.
    var allDigits: [UInt8] { text.filter { 0x30...0x39 ~= $0 } }

    /// What else the cell obviously is, judging by the grouping: a date, a document number, an amount.
    func look(isBrazilian: Bool) -> PhoneProblem? {
        guard digits.gaps != 0, !hasPlus, !digits.isOneDigit else { return nil }
        if digits.isDateByGaps || isBrazilian && digits.isShortDateByGaps { return .date }
        guard problem == nil || problem == .twoNumbers else { return nil }
        if signs.endInDecimals { return .decimals }
        return digits.isDocumentByGaps && (isBrazilian || signs.areThoseOfADocument) ? .document : nil
    }

    private func judged() -> PhoneProblem? {
        if hasTwoNumbers { return .twoNumbers }
        if hasLetters { return .letters }
        if digits.count == 0, text.contains(0x23) { return .digitsLost }
        if hasSymbols { return .symbols }
        return digits.count == 0 ? .empty : nil
    }

    private mutating func scan() {
        var index = text.startIndex
        while index < text.endIndex {
            let byte = text[index]
            switch byte {
            case 0x30...0x39:
                if isAfterWholeNumber { hasTwoNumbers = true }
                digits.append(Int64(byte) - 0x30, afterGap: signs.digitsBehind == 0)
                signs.digitsBehind += 1
                partDigits += 1
                index += 1
                continue
            case UInt8(ascii: " "), 0x09, UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "("), UInt8(ascii: ")"),
                UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "_"), 0x00:
                break
            case UInt8(ascii: "/"), UInt8(ascii: "\\"), UInt8(ascii: ";"), UInt8(ascii: ","), UInt8(ascii: "|"),
                UInt8(ascii: "&"), 0x0A, 0x0D:
                separate()
            case UInt8(ascii: "+"):
                takePlus()
            case UInt8(ascii: ":"):
                takeColon()
            case UInt8(ascii: "*"):
                if !takeCarrierMark() { hasSymbols = true }
            case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"):
                signs.add(byte)
                index = takeWord(from: index)
                continue
            case 0x80...:
                signs.add(byte)
                index = takeForeign(from: index)
                continue
            default:
                hasSymbols = true
            }
            signs.add(byte)
            index += 1
        }
    }

    private mutating func separate() {
        if partDigits >= PhoneText.wholeNumber { isAfterWholeNumber = true }
        partDigits = 0
    }

    private mutating func takePlus() {
        if digits.count == 0, !hasPlus {
            hasPlus = true
        } else if partDigits >= PhoneText.wholeNumber {
            separate()
        } else {
            hasSymbols = true
        }
    }

    /// `:::` separates two numbers in what Google Contacts exports; elsewhere a colon belongs to a label or a
    /// time.
    private mutating func takeColon() {
        if partDigits >= PhoneText.wholeNumber || isAfterWholeNumber { separate() } else { hasSymbols = true }
    }

    /// A word: a conjunction separates numbers, `xx` after the trunk 0, or right before the area code, stands for
    /// a carrier, all others are too much.
    private mutating func takeWord(from start: Int) -> Int {
        var end = start
        while end < text.endIndex, 0x41...0x5A ~= text[end] & 0xDF { end += 1 }
        let word = text[start..<end].map { $0 | 0x20 }
        switch String(decoding: word, as: UTF8.self) {
        case let word where PhoneText.isConjunction(word): separate()
        case "xx" where digits.count == 0 && !hasPlus && end < text.endIndex && 0x30...0x39 ~= text[end]:
            digits.isCarrierLeftOut = true
        case "x", "xx": hasLetters = !takeCarrierMark() || hasLetters
        default: hasLetters = true
        }
        return end
    }

    /// `xx` or `**` stands for a carrier's code, right after the trunk 0: `0xx11 …`, `+55 (0**11) …`.
    private mutating func takeCarrierMark() -> Bool {
        guard digits.value == 0 && digits.count == 1 || digits.value == 550 && digits.count <= 5 else { return false }
        digits.isCarrierLeftOut = true
        return true
    }

    /// "And" and "or" in Portuguese, Spanish and English, which people write between two numbers.
    static func isConjunction(_ word: String) -> Bool {
        switch word {
        case "ou", "or", "o", "u", "e", "y", "and": true
        default: false
        }
    }

    /// A character beyond ASCII: the spaces, dashes and invisible marks that come with copied text, or something too
    /// much.
    private mutating func takeForeign(from start: Int) -> Int {
        let byte = text[start]
        let second = start + 1 < text.endIndex ? text[start + 1] : 0
        let third = start + 2 < text.endIndex ? text[start + 2] : 0
        switch (byte, second, third) {
        case (0xC2, 0xA0, _), (0xC2, 0xAD, _): return start + 2  // no-break space, soft hyphen
        case (0xE2, 0x80, _), (0xE2, 0x81, _): return start + 3  // General Punctuation: spaces, dashes, directions
        case (0xE2, 0x88, 0x92): return start + 3  // minus sign
        case (0xE3, 0x80, 0x80): return start + 3  // ideographic space
        case (0xEF, 0xBB, 0xBF): return start + 3  // byte order mark
        case (0x96, _, _), (0x97, _, _), (0xA0, _, _), (0xAD, _, _): return start + 1  // the same in Windows-1252
        default:
            hasLetters = true
            return start + 1
        }
    }
}
