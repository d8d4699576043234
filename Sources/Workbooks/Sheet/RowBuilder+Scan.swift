import Glibc

extension RowBuilder {
    /// Takes a row that is written as spreadsheet programs write nearly all of them: cells with a value or a plain text
    /// of their own, no formulas. See ``XMLShortcut``.
    mutating func scan(_ bytes: UnsafeRawBufferPointer) -> XMLShortcut {
        guard var scan = MarkupScan(bytes), scan.skip("<row"), let tag = RowBuilder.rowTag(&scan) else {
            return MarkupScan(bytes)?.mismatch ?? .declined
        }
        let isEmpty = scan.skip("/>")
        guard isEmpty || scan.skip(">") else { return scan.mismatch }
        begin(number: tag.number, isHidden: tag.isHidden)
        if !isEmpty {
            while scan.skip("<c") {
                guard scanCell(&scan) else {
                    discard()
                    return scan.mismatch
                }
                if failure != nil { return .declined }
            }
            guard scan.skip("</row>") else {
                discard()
                return scan.mismatch
            }
        }
        return finish() ? .takenWithPause(scan.count) : .taken(scan.count)
    }

    private static func rowTag(_ scan: inout MarkupScan) -> (number: Int?, isHidden: Bool)? {
        var number: Int?
        var isHidden = false
        while let (name, count, value, length) = scan.attribute() {
            switch name[0] {
            case UInt8(ascii: "r") where count == 1:
                guard number == nil, let written = wholeNumber(value, until: 0x22) else { return nil }
                number = written
            // Whatever may hide the row in another form is looked at by the parser's way.
            case UInt8(ascii: "h") where matches(name, count, "hidden"):
                if matches(value, length, "1") || matches(value, length, "true") {
                    isHidden = true
                } else if !matches(value, length, "0") && !matches(value, length, "false") {
                    return nil
                }
            case UInt8(ascii: "h") where matches(name, count, "ht"):
                guard isOneOrMore(value, length) else { return nil }
            default: break
            }
        }
        return (number, isHidden)
    }

    /// Whether a height is digits and dots, and surely no less than 1.
    private static func isOneOrMore(_ value: UnsafePointer<CChar>, _ length: Int) -> Bool {
        guard length > 0, 0x31...0x39 ~= value[0] else { return false }
        return UnsafeBufferPointer(start: value, count: length).allSatisfy { 0x30...0x39 ~= $0 || $0 == 0x2E }
    }

    /// - Returns: false when the cell is not as expected, or not all there.
    @inline(__always)
    private mutating func scanCell(_ scan: inout MarkupScan) -> Bool {
        var cell = CellStart()
        while let (name, count, value, length) = scan.attribute() {
            guard count == 1 else { return false }
            switch name[0] {
            case UInt8(ascii: "r"):
                guard cell.reference == nil, let reference = CellReference(value, until: 0x22) else { return false }
                cell.reference = reference
            case UInt8(ascii: "s"):
                guard cell.style == nil, let style = wholeNumber(value, until: 0x22) else { return false }
                cell.style = style
            case UInt8(ascii: "t"):
                guard let type = RowBuilder.simpleType(value, length) else { return false }
                cell.type = type
            default: return false
            }
        }
        if scan.skip("/>") {
            beginCell(cell)
            return true
        }
        guard scan.skip(">") else { return false }
        beginCell(cell)
        if scan.skip("<v>") {
            beginValue()
            guard scan.text({ append($0) }), scan.skip("</v></c>") else { return false }
        } else if cell.type == .inlineText, scan.skip("<is><t") {
            guard scan.skip(">") || scan.skip(" xml:space=\"pres") && scan.skip("erve\">"),
                scan.text({ append($0) }), scan.skip("</t></is></c>")
            else { return false }
        } else if !scan.skip("</c>") {
            return false
        }
        finishCell()
        return true
    }

    private static func simpleType(_ value: UnsafePointer<CChar>, _ length: Int) -> CellType? {
        switch (length, UInt8(bitPattern: value[0])) {
        case (1, UInt8(ascii: "s")): .shared
        case (1, UInt8(ascii: "n")): .number
        case (1, UInt8(ascii: "b")): .boolean
        default: matches(value, length, "inlineStr") ? .inlineText : nil
        }
    }

    private static func matches(_ bytes: UnsafeRawPointer, _ count: Int, _ text: StaticString) -> Bool {
        count == text.utf8CodeUnitCount && memcmp(bytes, text.utf8Start, count) == 0
    }
}
