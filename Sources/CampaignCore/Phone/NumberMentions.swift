/// Finds numbers in any text, as people and programs write them: `5511987654321`, `(11) 98765-4321`, `11 8765 4321`.
package struct NumberMentions: Sendable {
    /// Shorter runs of digits are somebody else's, too.
    private static let fewestDigits = 8

    /// The digits of each number, in each way of writing it, without the country.
    private let forms: [[UInt8]]
    private let shortest: Int

    package init(_ numbers: some Sequence<PhoneNumber>) {
        let forms = Set(numbers.flatMap(Self.forms))
        self.forms = forms.map { Array($0.utf8) }
        shortest = self.forms.map(\.count).min() ?? .max
    }

    /// Whether any of the numbers is in a text, given as UTF-8 or in any other encoding of ASCII digits.
    package func areIn(_ text: some Sequence<UInt8>) -> Bool {
        text.withContiguousStorageIfAvailable(search) ?? Array(text).withUnsafeBufferPointer(search)
    }

    private func search(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        var run: [UInt8] = []
        for byte in text {
            if 0x30...0x39 ~= byte {
                run.append(byte)
            } else if !run.isEmpty, !Self.separatesDigits(byte) {
                if hasForm(run) { return true }
                run.removeAll(keepingCapacity: true)
            }
        }
        return hasForm(run)
    }

    /// Whether it may stand between the digits of one number.
    private static func separatesDigits(_ byte: UInt8) -> Bool {
        switch Unicode.Scalar(byte) {
        case " ", "(", ")", "-", ".", "/", "+": true
        default: false
        }
    }

    private func hasForm(_ run: [UInt8]) -> Bool {
        guard run.count >= shortest else { return false }
        return forms.contains { form in
            guard form.count <= run.count else { return false }
            return (0...(run.count - form.count)).contains { run[$0..<($0 + form.count)].elementsEqual(form) }
        }
    }

    private static func forms(_ number: PhoneNumber) -> [String] {
        guard !number.isForgotten else { return [] }
        let digits = "\(number.value.magnitude)"
        guard !number.isLid, let country = CallingCode.beginning(PhoneDigits(number)) else { return [digits] }
        let national = String(digits.dropFirst(country.digits))
        guard national.utf8.count >= fewestDigits else { return [digits] }
        // WhatsApp knows many without the ninth digit.
        let hasNinth =
            country.code == BrazilianPlan.code && national.utf8.count == 11 && national.dropFirst(2).first == "9"
        return hasNinth ? [national, String(national.prefix(2) + national.dropFirst(3))] : [national]
    }
}
