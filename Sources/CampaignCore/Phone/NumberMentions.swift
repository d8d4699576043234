/// Finds numbers in any text, as people and programs write them: `5511987654321`, `(11) 98765-4321`, `11 8765 4321`,
/// `5.511987654321E+12`.
///
/// Digits are read in groups. A number begins and ends with a group, so that it is not found within a longer one, such as
/// a CPF; before it the same group may have the code of its country, a zero, or a carrier.
package struct NumberMentions: Sendable {
    /// Shorter runs of digits are somebody else's, too.
    private static let fewestDigits = 8

    /// A way of writing a number.
    private struct Form: Hashable {
        var digits: [UInt8]
        /// What may stand before it in the same group: `55`.
        var code: [UInt8]
        /// Whether it lacks the area code, which must not be another one then.
        var isLocal = false
        /// Whether a Brazilian carrier may stand before it: `015`.
        var hasCarrier = false
    }

    private let forms: [Form]
    private let shortest: Int

    /// - Parameter locally: whether numbers without their area code count as mentions, too.
    package init(_ numbers: some Sequence<PhoneNumber>, locally: Bool = false) {
        forms = Array(Set(numbers.flatMap { Self.forms($0, locally) }))
        shortest = forms.map(\.digits.count).min() ?? .max
    }

    /// Whether any of the numbers is in a text, given as UTF-8 or in any other encoding of ASCII digits.
    package func areIn(_ text: some Sequence<UInt8>) -> Bool {
        text.withContiguousStorageIfAvailable(search) ?? Array(text).withUnsafeBufferPointer(search)
    }

    private func search(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        var run = Run()
        var index = 0
        while index < text.count {
            var byte = text[index]
            index += 1
            if byte == UInt8(ascii: "%"), let escaped = Self.escaped(text, index) {
                byte = escaped
                index += 2
            }
            if 0x30...0x39 ~= byte {
                run.append(byte)
            } else if Self.separatesDigits(byte) {
                run.isInGroup = false
            } else if !run.digits.isEmpty {
                if hasForm(run) { return true }
                run.removeAll()
            }
        }
        return hasForm(run)
    }

    /// The character of a percent escape, as in addresses: `%2D`.
    private static func escaped(_ text: UnsafeBufferPointer<UInt8>, _ index: Int) -> UInt8? {
        guard index + 2 <= text.count else { return nil }
        let digits = text[index..<(index + 2)].compactMap { Character(Unicode.Scalar($0)).hexDigitValue }
        guard digits.count == 2, digits[0] >= 2 else { return nil }
        return UInt8(digits[0] << 4 | digits[1])
    }

    /// Whether it may stand between the digits of one number.
    private static func separatesDigits(_ byte: UInt8) -> Bool {
        switch Unicode.Scalar(byte) {
        case " ", "(", ")", "-", ".", "/", "+": true
        default: false
        }
    }

    /// Digits with nothing between them but what may stand in a number.
    private struct Run {
        private(set) var digits: [UInt8] = []
        /// For each digit: whether a group begins with it.
        private(set) var starts: [Bool] = []
        /// Whether the next digit belongs to the group of the last one.
        var isInGroup = false

        mutating func append(_ digit: UInt8) {
            digits.append(digit)
            starts.append(!isInGroup)
            isInGroup = true
        }

        mutating func removeAll() {
            digits.removeAll(keepingCapacity: true)
            starts.removeAll(keepingCapacity: true)
            isInGroup = false
        }

        /// Whether a group ends before this index.
        func ends(at index: Int) -> Bool { index == digits.count || starts[index] }
    }

    private func hasForm(_ run: Run) -> Bool {
        guard run.digits.count >= shortest else { return false }
        return forms.contains { form in
            guard form.digits.count <= run.digits.count else { return false }
            return (0...(run.digits.count - form.digits.count)).contains { start in
                let end = start + form.digits.count
                return run.ends(at: end) && run.digits[start..<end].elementsEqual(form.digits)
                    && Self.begins(form, in: run, at: start)
            }
        }
    }

    /// Whether what stands before this index may stand before the number.
    private static func begins(_ form: Form, in run: Run, at start: Int) -> Bool {
        if run.starts[start] { return !form.isLocal || !hasAreaCode(run, before: start) }
        let zero = UInt8(ascii: "0")
        for prefix in [[zero], form.code, form.code + [zero], [zero] + form.code, [zero, zero] + form.code] {
            let first = start - prefix.count
            if !prefix.isEmpty, first >= 0, run.starts[first], run.digits[first..<start].elementsEqual(prefix) {
                return true
            }
        }
        return form.hasCarrier && start >= 3 && run.starts[start - 3] && run.digits[start - 3] == zero
    }

    /// Whether the group before this index looks like an area code: `21`, `021`, `5521`.
    private static func hasAreaCode(_ run: Run, before start: Int) -> Bool {
        guard start > 0, let first = run.starts[..<start].lastIndex(of: true) else { return false }
        let group = String(decoding: run.digits[first..<start], as: UTF8.self)
        return group.count == 2 || group.count == 3 && group.hasPrefix("0") || group.count == 4 && group.hasPrefix("55")
    }

    private static func forms(_ number: PhoneNumber, _ locally: Bool) -> [Form] {
        guard !number.isForgotten else { return [] }
        let digits = "\(number.value.magnitude)"
        func form(_ digits: some StringProtocol) -> Form { Form(digits: Array(digits.utf8), code: []) }
        guard !number.isLid, let country = CallingCode.beginning(PhoneDigits(number)) else { return [form(digits)] }
        let national = String(digits.dropFirst(country.digits))
        guard national.utf8.count >= fewestDigits else { return [form(digits)] }
        var all = [national]
        let isBrazilian = country.code == BrazilianPlan.code
        // WhatsApp knows many without the ninth digit.
        if isBrazilian, national.utf8.count == 11, national.dropFirst(2).first == "9" {
            all.append(String(national.prefix(2) + national.dropFirst(3)))
        }
        let forms = all.map {
            Form(digits: Array($0.utf8), code: Array(digits.prefix(country.digits).utf8), hasCarrier: isBrazilian)
        }
        guard locally, isBrazilian else { return forms }
        return forms + all.map { Form(digits: Array($0.utf8.dropFirst(2)), code: [], isLocal: true) }
    }
}
