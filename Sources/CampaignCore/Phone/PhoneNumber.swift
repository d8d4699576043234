/// A number to call: a telephone number with its country, or a WhatsApp `@lid`, the identifier that WhatsApp uses when
/// it hides the number.
///
/// One 64-bit integer, so that a database can store it in an INTEGER key: E.164 digits as a positive number (ITU-T
/// E.164, at most 15 digits), an `@lid` of up to 18 digits as a negative one.
package struct PhoneNumber: Hashable, Sendable {
    /// The number as an integer: `5511999990001`, or `-123456789012345` for `123456789012345@lid`.
    package let value: Int64

    private static let phones: ClosedRange<Int64> = 1_000_000...999_999_999_999_999
    private static let lids: ClosedRange<Int64> = -999_999_999_999_999_999 ... -1

    /// What a database has in place of a number that it was told to forget: a keyed hash of it. No telephone and no
    /// `@lid` is that large.
    package static let forgotten: ClosedRange<Int64> = 0x4000_0000_0000_0000 ... .max
    private static let forgottenText = "forgotten"

    /// A number from a stored `value`. Nil when no phone and no `@lid` has this value, and it is not the hash of one that
    /// was forgotten. Whether the number exists in a numbering plan is not checked; that was `PhoneReader`'s job.
    package init?(value: Int64) {
        guard PhoneNumber.phones ~= value || PhoneNumber.lids ~= value || PhoneNumber.forgotten ~= value else {
            return nil
        }
        self.value = value
    }

    /// A number in the form of `text`: digits only, or digits and `@lid`, as Z-API's webhooks write it. Nil for
    /// anything else.
    package init?(text: String) {
        let isLid = text.utf8.count > 4 && text.hasSuffix("@lid")
        let digits = isLid ? text.dropLast(4) : text[...]
        guard digits.utf8.allSatisfy({ 0x30...0x39 ~= $0 }), digits.utf8.first != 0x30 else { return nil }
        guard let value = Int64(digits), !(PhoneNumber.forgotten ~= value) else { return nil }
        self.init(value: isLid ? -value : value)
    }

    /// Whether it is a WhatsApp `@lid`, not a telephone number.
    package var isLid: Bool { value < 0 }

    /// Whether the number itself is not known any more. Nobody is dialed by it.
    package var isForgotten: Bool { PhoneNumber.forgotten ~= value }

    /// The form that Z-API's `send-call` expects in `phone` (developer.z-api.io, 2026): `5511999990001`, or
    /// `123456789012345@lid`. Of a number that was forgotten: a word.
    package var text: String {
        if isForgotten { return PhoneNumber.forgottenText }
        return isLid ? "\(value.magnitude)@lid" : "\(value)"
    }

    /// The same for every way of writing the same number, so that duplicates are found. Otherwise equal to `value`.
    ///
    /// Brazil: a mobile number always has its ninth digit here, whether or not `value` has it (WhatsApp knows many by
    /// the eight digits with which they registered). Mexico: without the `1` that was dialed after 52 until August
    /// 2019. Argentina: without the `9` after 54 that marks a mobile number.
    package var identity: Int64 {
        if isForgotten { return value }
        return BrazilianPlan.completed(value) ?? MexicanPlan.shortened(value) ?? ArgentinianPlan.withoutNine(value)
            ?? value
    }

    /// For logs: only the first and last digits, `5511•••••4321`. At least five digits are hidden; of shorter numbers
    /// fewer are shown.
    package var masked: String {
        if isForgotten { return PhoneNumber.forgottenText }
        let digits = "\(value.magnitude)"
        let tail = max(0, min(4, digits.utf8.count - 5))
        let head = max(0, min(4, digits.utf8.count - 5 - tail))
        let hidden = String(repeating: "•", count: digits.utf8.count - head - tail)
        return digits.prefix(head) + hidden + digits.suffix(tail) + (isLid ? "@lid" : "")
    }
}

extension PhoneNumber: CustomStringConvertible {
    /// The masked form, so that a number interpolated into a log by mistake reveals no phone. The number itself is
    /// `text`.
    package var description: String { masked }
}

extension PhoneNumber: Codable {
    /// From the form of `text`: a string, because an `@lid` does not fit the numbers of JavaScript.
    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let number = PhoneNumber(text: text) ?? PhoneNumber(forgottenText: text) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a phone number or an @lid")
        }
        self = number
    }

    /// In the form of `text`.
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(isForgotten ? "\(text) \(value)" : text)
    }

    private init?(forgottenText text: String) {
        guard text.hasPrefix(Self.forgottenText + " "), let value = Int64(text.dropFirst(Self.forgottenText.count + 1)),
            PhoneNumber.forgotten ~= value
        else { return nil }
        self.init(value: value)
    }
}

extension PhoneNumber {
    /// The number formatted for people: `+55 11 98765-4321`. An `@lid` unchanged.
    package var spelled: String {
        guard !isForgotten else { return text }
        let digits = PhoneDigits(self)
        guard !isLid, let country = CallingCode.beginning(digits) else { return text }
        let national = text.dropFirst(country.digits)
        guard country.code == BrazilianPlan.code || country.code == CallingCode.northAmerica, national.count >= 10
        else {
            return "+\(country.code) \(national)"
        }
        let area = country.code == BrazilianPlan.code ? 2 : 3
        let line = national.dropFirst(area)
        return "+\(country.code) \(national.prefix(area)) \(line.dropLast(4))-\(line.suffix(4))"
    }
}
