/// Finds a text in the cells of contacts, without regard to case, accents and punctuation: `jose da silva` finds
/// `José  da Silva`. Digits find a phone by any part of it, however they are written.
package struct TextSearch: Sendable {
    /// Fewer digits would be in many phones.
    private static let fewestDigits = 4

    /// What is looked for, folded.
    private let text: [UInt8]
    /// The digits, when there are no letters, and enough of them to mean a phone.
    private let digits: [UInt8]?

    /// Nil when `text` has neither a letter nor a digit.
    package init?(_ text: String) {
        var folded: [UInt8] = []
        Self.fold(text.utf8, into: &folded)
        while folded.last == UInt8(ascii: " ") { folded.removeLast() }
        guard !folded.isEmpty else { return nil }
        self.text = folded
        let digits = folded.filter { $0 != UInt8(ascii: " ") }
        let isNumber = digits.allSatisfy { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }
        self.digits = isNumber && digits.count >= Self.fewestDigits ? digits : nil
    }

    /// Whether the contact has it in a cell or in its number.
    package func matches(_ contact: ContactRow) -> Bool {
        if matches(contact.phone) { return true }
        var folded: [UInt8] = []
        return contact.own.contains { cell in
            folded.removeAll(keepingCapacity: true)
            Self.fold(cell.utf8, into: &folded)
            return Self.contains(folded, text)
        }
    }

    /// Whether the digits are in the number.
    package func matches(_ phone: PhoneNumber) -> Bool {
        digits.map { Self.contains(Array(phone.text.utf8), $0) } ?? false
    }

    /// Whether it is in a cell of a JSON array of texts that has no escapes.
    ///
    /// - Parameter buffer: used again and again, so that no memory is taken for each row.
    package func matches(json utf8: some Sequence<UInt8>, buffer: inout [UInt8]) -> Bool {
        buffer.removeAll(keepingCapacity: true)
        Self.fold(utf8, quote: UInt8(ascii: "\n"), into: &buffer)
        return Self.contains(buffer, text)
    }

    /// Whether it is in a cell.
    ///
    /// - Parameter buffer: used again and again, so that no memory is taken for each cell.
    package func matches(cell utf8: some Sequence<UInt8>, buffer: inout [UInt8]) -> Bool {
        buffer.removeAll(keepingCapacity: true)
        Self.fold(utf8, into: &buffer)
        return Self.contains(buffer, text)
    }

    private static func contains(_ text: [UInt8], _ part: [UInt8]) -> Bool {
        guard let first = part.first, text.count >= part.count else { return false }
        return text.withUnsafeBufferPointer { text in
            part.withUnsafeBufferPointer { part in
                var start = 0
                while start <= text.count - part.count {
                    var length = 0
                    if text[start] == first {
                        length = 1
                        while length < part.count, text[start + length] == part[length] { length += 1 }
                    }
                    if length == part.count { return true }
                    start += 1
                }
                return false
            }
        }
    }

    /// Letters and digits in their plain form; whatever else stands between them is one space.
    ///
    /// - Parameter quote: what stands for a quote: in JSON it ends a cell.
    private static func fold(
        _ utf8: some Sequence<UInt8>, quote: UInt8 = UInt8(ascii: " "), into folded: inout [UInt8]
    ) {
        let space = UInt8(ascii: " ")
        var decoder = UTF8()
        var bytes = utf8.makeIterator()
        while true {
            switch decoder.decode(&bytes) {
            case .emptyInput: return
            case .error: separate(&folded, by: space)
            case .scalarValue(let scalar):
                switch scalar {
                case "a"..."z", "0"..."9": folded.append(UInt8(truncatingIfNeeded: scalar.value))
                case "A"..."Z": folded.append(UInt8(truncatingIfNeeded: scalar.value + 0x20))
                case "\"": separate(&folded, by: quote)
                case "\u{300}"..."\u{36F}": continue
                default:
                    let plain = scalar.value < 0x80 ? "" : scalar.plainLetter
                    if plain.isEmpty {
                        separate(&folded, by: space)
                    } else {
                        folded.append(contentsOf: plain.utf8)
                    }
                }
            }
        }
    }

    private static func separate(_ folded: inout [UInt8], by separator: UInt8) {
        guard let last = folded.last else { return }
        if separator == UInt8(ascii: "\n") {
            if last == UInt8(ascii: " ") { folded.removeLast() }
            folded.append(separator)
        } else if last != UInt8(ascii: " "), last != UInt8(ascii: "\n") {
            folded.append(separator)
        }
    }
}
