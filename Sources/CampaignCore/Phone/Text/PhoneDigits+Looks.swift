/// What a sequence of digits looks like when it is not a phone at all.
extension PhoneDigits {
    /// Fewer digits than this are short, whatever they look like.
    private static let fewest = 7

    /// What people type to fill a field that must not be empty: one digit all along, or the row of the keyboard.
    var isFiller: Bool { isOneDigit || count >= 8 && !isTruncated && isKeyboardRow }

    /// `99999999999`. Cheap enough to be asked of every number.
    var isOneDigit: Bool {
        count >= PhoneDigits.fewest && !isTruncated && value * 9 == first * (PhoneDigits.power(count) - 1)
    }

    /// `1234567890` and its parts: every digit is one more than the one before, and 0 comes after 9.
    private var isKeyboardRow: Bool {
        var rest = value
        for _ in 1..<max(count, 1) {
            guard (rest / 10 + 1) % 10 == rest % 10 else { return false }
            rest /= 10
        }
        return true
    }

    /// A date by the way it is cut: `2024-05-12`, `12/5/2024`, also with a time after it.
    var isDateByGaps: Bool {
        guard 4...8 ~= count || count > 8 && hasGap(8), let (one, two, three) = prefix(8).threeParts else {
            return false
        }
        if one.count == 4 { return one.isYear && two.isDay(with: three) && two.count <= 2 && three.count <= 2 }
        return three.isYear && one.isDay(with: two) && one.count <= 2 && two.count <= 2
    }

    /// `12/05/24`, which is also how six-digit numbers are cut in some countries.
    var isShortDateByGaps: Bool {
        guard count <= 6, let (one, two, three) = threeParts, three.count == 2 else { return false }
        return one.isDay(with: two) && one.count <= 2 && two.count <= 2
    }

    /// The parts between two gaps; nil where there are fewer or more.
    private var threeParts: (PhoneDigits, PhoneDigits, PhoneDigits)? {
        let (first, second) = (gaps.trailingZeroBitCount, (gaps & (gaps &- 1)).trailingZeroBitCount)
        guard gaps.nonzeroBitCount == 2 else { return nil }
        return (prefix(first), dropFirst(first).prefix(second - first), dropFirst(second))
    }

    private var isYear: Bool { count == 4 && 1900...2099 ~= value }

    /// Day and month, either of them first.
    private func isDay(with other: PhoneDigits) -> Bool {
        PhoneDigits.isDay(value, of: other.value) || PhoneDigits.isDay(other.value, of: value)
    }

    /// `20240512` or `12052024`, and nothing that says so.
    var isBareDate: Bool { count == 8 && gaps == 0 && (isYearFirst || isDayFirst) }

    private var isYearFirst: Bool {
        prefix(4).isYear && PhoneDigits.isDay(dropFirst(6).value, of: dropFirst(4).prefix(2).value)
    }

    private var isDayFirst: Bool {
        dropFirst(4).isYear && PhoneDigits.isDay(prefix(2).value, of: dropFirst(2).prefix(2).value)
    }

    private static func isDay(_ day: Int64, of month: Int64) -> Bool { 1...31 ~= day && 1...12 ~= month }

    /// Cut like a Brazilian document: CPF `119.876.543-21`, CNPJ `12.345.678/0001-90`, RG `12.345.678-9`, and the
    /// postal code `88010-000`. A row that begins with 9 and is cut so may be a mobile number that lacks a digit.
    var isDocumentByGaps: Bool {
        switch count {
        case 8: hasGaps(at: PhoneDigits.places(2, 5)) || hasGaps(at: PhoneDigits.places(5)) && first != 9
        case 9, 10: hasGaps(at: PhoneDigits.places(2, 5, 8))
        case 11: hasGaps(at: PhoneDigits.places(3, 6, 9))
        case 14: hasGaps(at: PhoneDigits.places(2, 5, 8, 12))
        default: false
        }
    }

    /// One digit or two are apart at the end, as an extension, an account's or a document's check digits do:
    /// `3333-4444 1`. Not so where the digits before them are a pair as well: `99999-00-01`.
    var hasTailApart: Bool {
        count > 4 && (hasGap(count - 1) || hasGap(count - 2) && !hasGap(count - 4))
    }

    /// The check digits of a CPF or a CNPJ are right (Receita Federal, modulo 11).
    var isDocumentByCheck: Bool {
        switch count {
        case 11: hasCheckDigits(longestWeight: 11)
        case 14: hasCheckDigits(longestWeight: 9)
        default: false
        }
    }

    private func hasCheckDigits(longestWeight: Int64) -> Bool {
        [1, 0].allSatisfy { after in
            var rest = value / PhoneDigits.power(after)
            let check = rest % 10
            rest /= 10
            var (sum, weight): (Int64, Int64) = (0, 2)
            for _ in 0..<count - after - 1 {
                sum += rest % 10 * weight
                rest /= 10
                weight = weight == longestWeight ? 2 : weight + 1
            }
            let remainder = sum * 10 % 11 % 10
            return remainder == check
        }
    }
}
