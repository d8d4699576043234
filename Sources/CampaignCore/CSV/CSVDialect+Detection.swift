extension CSVDialect {
    /// The dialect a file is written in, as far as its first bytes show. Never fails: an inconclusive sample gives
    /// UTF-8 and a comma.
    ///
    /// The encoding is the one a byte order mark names, even if `encoding` is another: text in any other encoding does
    /// not begin like that (WHATWG Encoding Standard, section 6, does the same). Else it is `encoding`; else UTF-32 or
    /// UTF-16 if the high half of nearly every character is NUL; else UTF-8 if the sample is valid UTF-8; else Windows-1252. The delimiter
    /// is `delimiter`; else the one Excel's `sep=` line names; else the one that divides most records of the sample
    /// into as many fields as the first record, and into more than one.
    ///
    /// - Parameters:
    ///   - sample: the file from its first byte; ``sampleSize`` is enough, and more than that is not looked at.
    ///   - delimiter: the one that was given; nil is detected from the sample.
    ///   - encoding: the one that was given; nil is detected from the sample.
    ///   - skipLines: how many lines at the top say nothing about the delimiter, but for Excel's `sep=`.
    package static func detect(
        sample: some Collection<UInt8>,
        delimiter: Delimiter? = nil,
        encoding: Encoding? = nil,
        skipLines: Int = 0
    ) -> CSVDialect {
        let bytes = [UInt8](sample.prefix(sampleSize))
        let found = markedEncoding(bytes) ?? encoding ?? guessedEncoding(bytes)
        var dialect = CSVDialect(delimiter: delimiter ?? .comma, encoding: found, isEncodingGuessed: encoding == nil)
        if delimiter == nil {
            dialect.delimiter = delimiterOfSepLine(bytes, found) ?? detectedDelimiter(bytes, dialect, skipLines)
        }
        return dialect
    }

    /// How many of a file's first bytes are looked at: 64 KiB.
    package static let sampleSize = 65536

    private static func markedEncoding(_ bytes: [UInt8]) -> Encoding? {
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { return .utf8 }
        if bytes.starts(with: [0xFF, 0xFE, 0x00, 0x00]) { return .utf32LittleEndian }
        if bytes.starts(with: [0x00, 0x00, 0xFE, 0xFF]) { return .utf32BigEndian }
        if bytes.starts(with: [0xFF, 0xFE]) { return .utf16LittleEndian }
        if bytes.starts(with: [0xFE, 0xFF]) { return .utf16BigEndian }
        return nil
    }

    private static func guessedEncoding(_ bytes: [UInt8]) -> Encoding {
        encodingByNULs(bytes) ?? (isUTF8(bytes) ? .utf8 : .windows1252)
    }

    /// Western text in UTF-16 has a NUL in nearly every second byte, always on the same side.
    private static func encodingByNULs(_ bytes: [UInt8]) -> Encoding? {
        if let wide = utf32ByNULs(bytes) { return wide }
        let pairs = bytes.count / 2
        guard pairs >= 2 else { return nil }
        var first = 0
        var second = 0
        for pair in 0..<pairs {
            if bytes[2 * pair] == 0 { first += 1 }
            if bytes[2 * pair + 1] == 0 { second += 1 }
        }
        let many = pairs * 7 / 10
        let few = pairs / 10
        if second > many, first <= few { return .utf16LittleEndian }
        if first > many, second <= few { return .utf16BigEndian }
        return nil
    }

    /// The high half of nearly every character is zero, on the same side. Less than four characters are too few to say.
    private static func utf32ByNULs(_ bytes: [UInt8]) -> Encoding? {
        let count = bytes.count / 4
        guard count >= 4 else { return nil }
        let characters = stride(from: 0, to: 4 * count, by: 4)
        let little = characters.count { bytes[$0] != 0 && bytes[$0 + 2] == 0 && bytes[$0 + 3] == 0 }
        let big = characters.count { bytes[$0] == 0 && bytes[$0 + 1] == 0 && bytes[$0 + 3] != 0 }
        guard max(little, big) * 100 >= count * 90 else { return nil }
        return little > big ? .utf32LittleEndian : .utf32BigEndian
    }

    /// A character cut in two by the end of the sample is not the file's fault.
    private static func isUTF8(_ bytes: [UInt8]) -> Bool {
        for cut in 0...3 where cut <= bytes.count {
            if cut > 0, bytes[bytes.count - cut] < 0x80 { break }
            if String(validating: bytes.dropLast(cut), as: UTF8.self) != nil { return true }
        }
        return false
    }

    private static func delimiterOfSepLine(_ bytes: [UInt8], _ encoding: Encoding) -> Delimiter? {
        var transcoder = Transcoder(encoding)
        var head: [UInt8] = []
        transcoder.append(bytes.prefix(256)[...], to: &head)
        let text = head.starts(with: CSVParser.byteOrderMark) ? head.dropFirst(3) : head[...]
        guard let end = text.firstIndex(where: { $0 == 0x0A || $0 == 0x0D }) else { return nil }
        return Delimiter(sepLine: text[..<end])
    }

    private static func detectedDelimiter(
        _ bytes: [UInt8], _ dialect: CSVDialect, _ skipLines: Int
    ) -> Delimiter {
        var best: (delimiter: Delimiter, score: Score)?
        var absent: Set<Delimiter> = []
        // Of two that fit equally well the first is taken: a comma is the likeliest to belong to the text.
        for delimiter in [Delimiter.semicolon, .tab, .comma, .pipe] {
            var candidate = dialect
            candidate.delimiter = delimiter
            let score = Score(bytes, candidate, skipLines: skipLines)
            if score.widest == 1 { absent.insert(delimiter) }
            guard score.columns > 1 else { continue }
            if let current = best, !(current.score < score) { continue }
            best = (delimiter, score)
        }
        // One column: a delimiter that occurs nowhere, so that no row is torn apart.
        return best?.delimiter ?? Delimiter.allCases.first { absent.contains($0) } ?? .comma
    }
}

/// How well a delimiter fits a sample.
private struct Score: Comparable {
    /// Fields of the first record.
    var columns = 0
    /// Fields of the widest record.
    var widest = 1
    /// Records with as many fields as the first, in thousandths.
    var agreement = 0

    private static let enough = 200

    init(_ bytes: [UInt8], _ dialect: CSVDialect, skipLines: Int) {
        // A row with too many fields is still divided by its delimiter: the reading of the file is to say what is
        // wrong.
        var parser = CSVParser(
            dialect: dialect, limits: CSVLimits(fields: CSVDialect.sampleSize + 1), skipLines: skipLines)
        parser.append(bytes)
        var counts: [Int] = []
        var isWhole = readCounts(&parser, &counts)
        // A last record without a line end may be cut short: it counts only when there is no other but a header, below
        // which a quote may have swallowed everything.
        if counts.count < 2, isWhole {
            parser.finish()
            isWhole = readCounts(&parser, &counts)
        }
        guard let first = counts.first else { return }
        columns = first
        widest = counts.max() ?? 1
        agreement = 1000 * counts.count(where: { $0 == first }) / counts.count
        // A quote that does not close under this delimiter speaks against it.
        if !isWhole { agreement /= 2 }
    }

    private func readCounts(_ parser: inout CSVParser, _ counts: inout [Int]) -> Bool {
        do throws(CSVError) {
            var isWhole = true
            while counts.count < Score.enough, let record = try parser.next() {
                counts.append(record.count)
                if parser.strayQuoteLine != nil { isWhole = false }
            }
            return isWhole
        } catch {
            return false
        }
    }

    static func < (left: Score, right: Score) -> Bool {
        (left.agreement, left.columns) < (right.agreement, right.columns)
    }
}
