extension RejectRow {
    /// The row as a person reads it, whatever its list was encoded in: as UTF-16 where there are zero bytes, which no other
    /// text has; else as UTF-8, and byte by byte as Windows-1252 where that fails.
    package var text: String {
        guard !raw.contains(0) else { return wideText }
        if let text = String(validating: raw, as: UTF8.self) { return text }
        var (text, rest) = ("", raw[...])
        while let first = rest.first {
            // A letter of UTF-8 has four bytes at most.
            let letter = (1...min(4, rest.count)).lazy
                .compactMap { String(validating: rest.prefix($0), as: UTF8.self) }.first
            text += letter ?? Windows1252.string([first])
            rest = rest.dropFirst(letter?.utf8.count ?? 1)
        }
        return text
    }

    /// Signs of ASCII, which a row always has some of, show which of two bytes is the high one.
    private var wideText: String {
        let high = raw.indices.filter { raw[$0] == 0 }
        let isLittle = high.count { !$0.isMultiple(of: 2) } * 2 >= high.count
        let units = stride(from: 0, to: raw.count - 1, by: 2).map { index in
            let (first, second) = (UInt16(raw[index]), UInt16(raw[index + 1]))
            return isLittle ? second << 8 | first : first << 8 | second
        }
        return String(decoding: units, as: UTF16.self)
    }
}
