import Glibc

/// An element's name without its prefix; lives as long as the callback that it was handed to.
struct XMLName {
    let local: UnsafePointer<CChar>

    @inline(__always)
    init(_ name: UnsafePointer<CChar>) {
        var local = name
        var next = name
        while next.pointee != 0 {
            if next.pointee == 0x3A { local = next + 1 }
            next += 1
        }
        self.local = local
    }

    /// Whether it is this name of one letter.
    @inline(__always)
    func isLetter(_ letter: Unicode.Scalar) -> Bool {
        UInt32(truncatingIfNeeded: local[0]) == letter.value && local[1] == 0
    }

    /// Whether the element merely wraps alternatives for programs of different ages (ECMA-376 part 3, 7.6).
    var isAlternative: Bool { self == "AlternateContent" || self == "Choice" || self == "Fallback" }

    @inline(__always)
    static func == (name: XMLName, other: StaticString) -> Bool {
        equal(name.local, other)
    }
}

/// An element's attributes; live as long as the callback that they were handed to.
struct XMLAttributes {
    /// Names and values in turn, nil after the last.
    let list: UnsafeMutablePointer<UnsafePointer<CChar>?>

    @inline(__always)
    init(_ list: UnsafeMutablePointer<UnsafePointer<CChar>?>) {
        self.list = list
    }

    /// The value of an attribute without prefix, as those of the format are.
    func value(_ name: StaticString) -> UnsafePointer<CChar>? {
        var pointer = list
        while let attribute = pointer[0] {
            if equal(attribute, name) { return pointer[1] }
            pointer += 2
        }
        return nil
    }

    func string(_ name: StaticString) -> String? {
        value(name).map { String(cString: $0) }
    }

    /// The value of an attribute with any prefix.
    func prefixedString(_ name: StaticString) -> String? {
        var pointer = list
        while let attribute = pointer[0] {
            let local = XMLName(attribute).local
            if local != attribute, equal(local, name) { return pointer[1].map { String(cString: $0) } }
            pointer += 2
        }
        return nil
    }

    /// A whole number from 0 on; nil when it is absent or something else.
    func number(_ name: StaticString) -> Int? {
        value(name).flatMap { wholeNumber($0) }
    }

    /// Whether an attribute is true; false when it is absent.
    func isTrue(_ name: StaticString) -> Bool {
        value(name).map { isTrueText($0) } ?? false
    }

    /// Whether an attribute is false; false when it is absent.
    func isFalse(_ name: StaticString) -> Bool {
        value(name).map { isText($0, "0") || isText($0, "false") || isText($0, "off") } ?? false
    }

    /// Whether an attribute is a height or a width that shows nothing, as `0` or `0.0`.
    func isTiny(_ name: StaticString) -> Bool {
        value(name).map { isTinyText($0) } ?? false
    }
}

@inline(__always)
func equal(_ text: UnsafePointer<CChar>, _ other: StaticString) -> Bool {
    strcmp(text, UnsafeRawPointer(other.utf8Start).assumingMemoryBound(to: CChar.self)) == 0
}

/// A whole number from 0 to 2³¹, if all of the text up to its end is one.
@inline(__always)
func wholeNumber(_ text: UnsafePointer<CChar>, until end: CChar = 0) -> Int? {
    var number = 0
    var next = text
    while next.pointee != end {
        let digit = Int(next.pointee) - 0x30
        guard digit >= 0, digit <= 9, number < 1 << 31 else { return nil }
        number = number * 10 + digit
        next += 1
    }
    return next == text ? nil : number
}

/// `1` and `true` (XML Schema part 2, 3.2.2), and `on`, which early drafts of the format had.
func isTrueText(_ text: UnsafePointer<CChar>) -> Bool {
    isText(text, "1") || isText(text, "true") || isText(text, "on")
}

/// As `0`, `0.0`, ` +0e0 `, `0.01`: less than half a point or character, of which nothing can be read.
func isTinyText(_ text: UnsafePointer<CChar>) -> Bool {
    var end: UnsafeMutablePointer<CChar>?
    let number = strtod(text, &end)
    guard let end, UnsafePointer(end) != text else { return false }
    return !(number >= 0.5) && isText(end, "")
}

/// Whether a text is another one, in any case, with blanks around it or without (XML Schema part 2, 4.3.6).
private func isText(_ text: UnsafePointer<CChar>, _ other: StaticString) -> Bool {
    var next = text
    while isBlank(next.pointee) { next += 1 }
    let count = other.utf8CodeUnitCount
    guard strncasecmp(next, UnsafeRawPointer(other.utf8Start).assumingMemoryBound(to: CChar.self), count) == 0 else {
        return false
    }
    next += count
    while isBlank(next.pointee) { next += 1 }
    return next.pointee == 0
}

private func isBlank(_ byte: CChar) -> Bool { byte == 0x20 || 0x09...0x0A ~= byte || byte == 0x0D }
