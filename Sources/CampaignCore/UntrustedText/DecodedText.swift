/// A text with all its encodings undone, and the place that each byte comes from.
///
/// However a text is encoded, and encoded again, its decoded form is the same: a secret is found in any spelling by
/// searching the decoded text for the secret's own decoded form.
package struct DecodedText {
    /// The encodings that are undone.
    package struct Notations: OptionSet, Hashable {
        package let rawValue: Int

        package init(rawValue: Int) { self.rawValue = rawValue }

        /// `%74` and `%u0074`.
        package static let percents = Notations(rawValue: 1)
        /// `&amp;`, `&#116;` and `&#x74;`.
        package static let entities = Notations(rawValue: 2)
        /// `&#116` before anything but a digit, as browsers read it.
        package static let openEntities = Notations(rawValue: 16)
        /// `\/`, `\n`, `\u0074`, `\u{74}`, `\x74` and `\164`.
        package static let escapes = Notations(rawValue: 4)
        /// `=74`, as in mail.
        package static let quotedPrintable = Notations(rawValue: 8)
    }

    package private(set) var bytes: [UInt8] = []
    private var sources: [Range<Int>] = []
    /// How many times bytes were examined while decoding: its cost.
    private(set) var looks = 0
    package let notations: Notations

    /// The text without any layer of `notations`.
    ///
    /// Each byte is appended to what is decoded so far. If the end now spells something, that is removed, and what it
    /// stands for is appended in the same way. That is always shorter, and nothing further from the end than the
    /// longest spelling is examined: so the cost is linear, however many layers there are.
    package init(_ encoded: [UInt8], without notations: Notations) {
        self.notations = notations
        bytes.reserveCapacity(encoded.count)
        sources.reserveCapacity(encoded.count)
        var waiting: [(byte: UInt8, source: Range<Int>)] = []
        for (place, byte) in encoded.enumerated() { put(byte, from: place..<place + 1, &waiting) }
        while let (plain, count) = openEntity(before: nil) {
            let source = takeOff(count)
            for byte in plain { put(byte, from: source, &waiting) }
        }
    }

    /// Where the bytes of a range come from.
    package func source(of range: Range<Int>) -> Range<Int> {
        sources[range.lowerBound].lowerBound..<sources[range.upperBound - 1].upperBound
    }

    /// The same without spaces, line ends and everything else that is not visible ASCII.
    package func joined() -> DecodedText {
        var joined = DecodedText([], without: [])
        for (byte, source) in zip(bytes, sources) where Self.isInk(byte) { joined.push(byte, from: source) }
        return joined
    }

    /// Whether a byte is a visible character of ASCII.
    static func isInk(_ byte: UInt8) -> Bool { (0x21...0x7E).contains(byte) }

    // MARK: The end

    /// The byte at a distance from the end; 1 is the last one.
    mutating func end(_ distance: Int) -> UInt8? {
        looks += 1
        return distance <= bytes.count ? bytes[bytes.count - distance] : nil
    }

    /// Drops the last byte; the one before it then stands for both.
    mutating func dropEnd() {
        let dropped = takeOff(1)
        let last = sources.count - 1
        sources[last] = sources[last].lowerBound..<dropped.upperBound
    }

    private mutating func push(_ byte: UInt8, from source: Range<Int>) {
        looks += 1
        bytes.append(byte)
        sources.append(source)
    }

    /// Removes bytes from the end, and returns where they come from.
    mutating func takeOff(_ count: Int) -> Range<Int> {
        let source = source(of: bytes.count - count..<bytes.count)
        bytes.removeLast(count)
        sources.removeLast(count)
        return source
    }

    /// - Parameter waiting: an empty list, reused for what is appended next.
    private mutating func put(
        _ byte: UInt8, from source: Range<Int>, _ waiting: inout [(byte: UInt8, source: Range<Int>)]
    ) {
        // The list is processed from its end.
        waiting.append((byte, source))
        while let next = waiting.popLast() {
            if let (plain, count) = openEntity(before: next.byte) {
                let source = takeOff(count)
                waiting.append(next)
                for byte in plain.reversed() { waiting.append((byte, source)) }
                continue
            }
            dropZero(before: next.byte)
            push(next.byte, from: next.source)
            guard let (plain, count) = endSpelling() else { continue }
            let source = takeOff(count)
            for byte in plain.reversed() { waiting.append((byte, source)) }
        }
    }

    /// What the end spells, and how many bytes long the spelling is.
    private mutating func endSpelling() -> (plain: [UInt8], count: Int)? {
        guard let last = end(1) else { return nil }
        if notations.contains(.entities), last == UInt8(ascii: ";") { return closedEntity() }
        if notations.contains(.escapes), let escape = escape(last) { return escape }
        if notations.contains(.quotedPrintable), let unit = quotedPrintable(last) { return unit }
        guard notations.contains(.percents), Self.digit(last) != nil else { return nil }
        if end(3) == UInt8(ascii: "%"), let value = number(2, base: 16, from: 1) { return ([UInt8(value)], 3) }
        guard end(6) == UInt8(ascii: "%"), isEnd(5, "uU") else { return nil }
        return number(4, base: 16, from: 1).flatMap(Self.utf8).map { ($0, 6) }
    }

    /// Includes a line that continues in the next one.
    private mutating func quotedPrintable(_ last: UInt8) -> (plain: [UInt8], count: Int)? {
        if Self.isBlank(last), end(2) == UInt8(ascii: "=") { return ([UInt8(ascii: " ")], 2) }
        guard Self.digit(last) != nil, end(3) == UInt8(ascii: "=") else { return nil }
        return number(2, base: 16, from: 1).map { ([UInt8($0)], 3) }
    }

    private mutating func escape(_ last: UInt8) -> (plain: [UInt8], count: Int)? {
        let backslash = UInt8(ascii: "\\")
        if end(2) == backslash {
            if "/\\\"'".utf8.contains(last) { return ([last], 2) }
            if Self.isBlank(last) || "nrtfvb".utf8.contains(last) { return ([UInt8(ascii: " ")], 2) }
        }
        if last == UInt8(ascii: "}") {
            let longest = 8
            let count = digits(from: 2, base: 16, max: longest)
            guard end(count + 2) == UInt8(ascii: "{"), isEnd(count + 3, "ux"), end(count + 4) == backslash else {
                return nil
            }
            return number(count, base: 16, from: 2).flatMap(Self.utf8).map { ($0, count + 4) }
        }
        guard Self.digit(last) != nil else { return nil }
        for (mark, count) in [("x", 2), ("u", 4), ("U", 8)] {
            guard end(count + 2) == backslash, isEnd(count + 1, mark) else { continue }
            return number(count, base: 16, from: 1).flatMap(Self.utf8).map { ($0, count + 2) }
        }
        guard end(4) == backslash, let value = number(3, base: 8, from: 1), value <= 0xFF else { return nil }
        return Self.utf8(value).map { ($0, 4) }
    }
}
