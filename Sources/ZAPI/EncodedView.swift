/// Bytes with the place that each comes from.
///
/// However a text is encoded, and encoded again, its plain view is the same: so a secret is found in any writing by looking
/// for its own plain view in that of the text.
struct EncodedView {
    /// Encodings that are undone.
    struct Notations: OptionSet, Hashable {
        let rawValue: Int
        /// `%74` and `%u0074`.
        static let percents = Notations(rawValue: 1)
        /// `&amp;`, `&#116;` and `&#x74;`.
        static let entities = Notations(rawValue: 2)
        /// `&#116` before whatever is no digit, as browsers read it.
        static let openEntities = Notations(rawValue: 16)
        /// `\/`, `\n`, `\u0074`, `\u{74}`, `\x74` and `\164`.
        static let escapes = Notations(rawValue: 4)
        /// `=74`, as in mail.
        static let quotedPrintable = Notations(rawValue: 8)
    }

    private(set) var bytes: [UInt8] = []
    private var sources: [Range<Int>] = []
    /// How often a byte was looked at to make this view: what it cost.
    private(set) var looks = 0
    private let notations: Notations

    /// The view without any layer of `notations`.
    ///
    /// Each byte is put to the end of what is plain so far. Whatever the end then spells is taken off, and what it stands for
    /// is put there in the same way. That is always shorter, and nothing is looked at that is further from the end than the
    /// longest spelling: so the work is linear, however many layers there are.
    init(_ encoded: [UInt8], without notations: Notations) {
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
    func source(of range: Range<Int>) -> Range<Int> {
        sources[range.lowerBound].lowerBound..<sources[range.upperBound - 1].upperBound
    }

    /// The same without blanks, line ends and whatever else is not visible ASCII: in one piece.
    func joined() -> EncodedView {
        var view = EncodedView([], without: [])
        for (byte, source) in zip(bytes, sources) where Self.isInk(byte) { view.push(byte, from: source) }
        return view
    }

    /// Whether a byte is a visible character of ASCII.
    static func isInk(_ byte: UInt8) -> Bool { (0x21...0x7E).contains(byte) }

    // MARK: The end

    /// The byte that is so far from the end; 1 is the last one.
    private mutating func end(_ distance: Int) -> UInt8? {
        looks += 1
        return distance <= bytes.count ? bytes[bytes.count - distance] : nil
    }

    private mutating func push(_ byte: UInt8, from source: Range<Int>) {
        looks += 1
        bytes.append(byte)
        sources.append(source)
    }

    /// Takes bytes off the end, and returns where they come from.
    private mutating func takeOff(_ count: Int) -> Range<Int> {
        let source = source(of: bytes.count - count..<bytes.count)
        bytes.removeLast(count)
        sources.removeLast(count)
        return source
    }

    /// - Parameter waiting: room for what is put next; empty.
    private mutating func put(
        _ byte: UInt8, from source: Range<Int>, _ waiting: inout [(byte: UInt8, source: Range<Int>)]
    ) {
        // Those that are put next come last.
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

    /// What the end spells, and how many bytes it is.
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

    /// A line that goes on in the next one, too.
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
            let count = digits(from: 2, base: 16, most: longest)
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

    // MARK: Entities

    private mutating func closedEntity() -> (plain: [UInt8], count: Int)? {
        if let (plain, count) = numericEntity(from: 2) { return (plain, count + 1) }
        var name: [UInt8] = []
        while let byte = end(name.count + 2), Self.isLetter(byte), name.count <= NamedEntities.longest {
            name.append(byte)
        }
        guard end(name.count + 2) == UInt8(ascii: "&") else { return nil }
        return NamedEntities.plain(String(decoding: name.reversed(), as: UTF8.self)).map { ($0, name.count + 2) }
    }

    /// The entity that ends before `next` without a semicolon.
    private mutating func openEntity(before next: UInt8?) -> (plain: [UInt8], count: Int)? {
        guard notations.contains(.openEntities), next != UInt8(ascii: ";"), let last = end(1), Self.digit(last) != nil
        else { return nil }
        return numericEntity(from: 1, goesOnWith: next.flatMap(Self.base))
    }

    /// Numbers of entities may begin with any number of zeros, of which none is kept: the longest spelling stays short.
    private mutating func dropZero(before next: UInt8) {
        guard notations.contains(.entities), let base = Self.base(next), end(1) == UInt8(ascii: "0"),
            zeroLeads(base: base)
        else { return }
        let zero = takeOff(1)
        let before = sources.count - 1
        sources[before] = sources[before].lowerBound..<zero.upperBound
    }

    /// Whether the end is `&#0` or `&#x0`, and a digit of `base` can belong to it.
    private mutating func zeroLeads(base: Int) -> Bool {
        if end(2) == UInt8(ascii: "#") { return base == 10 && end(3) == UInt8(ascii: "&") }
        return isEnd(2, "xX") && end(3) == UInt8(ascii: "#") && end(4) == UInt8(ascii: "&")
    }

    /// The entity whose digits end at a distance from the end.
    ///
    /// - Parameter goesOnWith: the smallest base of the digit that follows; nil when none does.
    private mutating func numericEntity(from start: Int, goesOnWith next: Int? = nil) -> (plain: [UInt8], count: Int)? {
        let longest = 8
        let count = digits(from: start, base: 16, most: longest)
        guard count > 0 else { return nil }
        let mark = start + count
        if isEnd(mark, "xX") {
            guard next == nil, end(mark + 1) == UInt8(ascii: "#"), end(mark + 2) == UInt8(ascii: "&") else {
                return nil
            }
            return number(count, base: 16, from: start).flatMap(Self.utf8).map { ($0, count + 3) }
        }
        guard next != 10, end(mark) == UInt8(ascii: "#"), end(mark + 1) == UInt8(ascii: "&") else { return nil }
        return number(count, base: 10, from: start).flatMap(Self.utf8).map { ($0, count + 2) }
    }

    // MARK: Characters

    private mutating func isEnd(_ distance: Int, _ marks: String) -> Bool {
        end(distance).map(marks.utf8.contains) ?? false
    }

    /// How many digits there are before a distance from the end, up to `most`.
    private mutating func digits(from start: Int, base: UInt8, most: Int) -> Int {
        var count = 0
        while count < most, let digit = end(start + count).flatMap(Self.digit), digit < base { count += 1 }
        return count
    }

    /// The number that `count` digits are, the last of which is at a distance from the end.
    private mutating func number(_ count: Int, base: UInt8, from start: Int) -> UInt32? {
        guard count > 0, digits(from: start, base: base, most: count) == count else { return nil }
        var value: UInt32 = 0
        for distance in (start..<start + count).reversed() {
            value = value &* UInt32(base) &+ UInt32(end(distance).flatMap(Self.digit) ?? 0)
        }
        return value
    }

    private static func utf8(_ value: UInt32) -> [UInt8]? {
        Unicode.Scalar(value).map { Array(String(Character($0)).utf8) }
    }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || (0x09...0x0D).contains(byte) }

    private static func isLetter(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    }

    /// The smaller base that a byte is a digit of.
    private static func base(_ byte: UInt8) -> Int? { digit(byte).map { $0 < 10 ? 10 : 16 } }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "A")...UInt8(ascii: "F"), UInt8(ascii: "a")...UInt8(ascii: "f"):
            (byte | 0x20) - UInt8(ascii: "a") + 10
        default: nil
        }
    }
}
