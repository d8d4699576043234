import Glibc

extension RowBuilder {
    /// Makes what was read of a cell into its value. The value's bytes are the last ones of the row's.
    mutating func finishCell() {
        guard bytes.count > start else {
            // A text of no characters is a result; of any other type there is none.
            if cell.isFormula, type != .formulaText || !hasValue { add(.emptyFormula) }
            return
        }
        switch type {
        case .number: finishNumber()
        case .shared: finishShared()
        case .formulaText, .inlineText: finishText()
        case .boolean: finishBoolean()
        case .error: add(.error)
        case .date: finishDate()
        case .unknown: add(.malformed)
        }
        if bytes.count > limits.rowBytes {
            fail(.limit(.rowBytes(sheet: sheet.name, row: number, limit: limits.rowBytes)))
        }
    }

    private mutating func add(_ kind: SheetCell.Kind) {
        cells.append(SheetCell(cell, kind: kind, start: start, count: bytes.count - start))
    }

    private mutating func finishText() {
        EscapedText.decode(&bytes, from: start)
        if EscapedText.isTooLong(bytes, from: start, characters: limits.textCharacters) { return failTooLong() }
        add(.text)
    }

    private mutating func finishShared() {
        guard let index = plainNumber ?? wholeNumber(trimmed), index < textCount else {
            return failDamaged("cell \(cellName)", "it names a shared text that is not there")
        }
        bytes.removeLast(bytes.count - start)
        if !emptyTexts.isEmpty, emptyTexts.contains(index) { return }
        cells.append(SheetCell(cell, kind: .text, start: index, count: 0, isShared: true))
    }

    private mutating func finishBoolean() {
        let isTrue = trimmed.elementsEqual("1".utf8) || trimmed.elementsEqual("true".utf8)
        guard isTrue || trimmed.elementsEqual("0".utf8) || trimmed.elementsEqual("false".utf8) else {
            return add(.malformed)
        }
        bytes.removeLast(bytes.count - start)
        bytes.append(contentsOf: isTrue ? "TRUE".utf8 : "FALSE".utf8)
        add(.boolean)
    }

    private mutating func finishNumber() {
        if format == .number, isPlainInteger { return add(.number) }
        if format != .number, let days = plainNumber, finishDay(days) { return }
        let text = trimmed
        if text.isEmpty { return addBlank() }
        guard var decimal = DecimalText(text) else { return add(.malformed) }
        switch format {
        case .number, .zeros:
            guard decimal.settle() else { return add(.inexactNumber) }
            var width = 0
            if case .zeros(let count) = format { width = count }
            bytes.removeLast(bytes.count - start)
            decimal.append(to: &bytes, width: width)
            add(.number)
        case .date, .time, .elapsed:
            let before = bytes.count
            bytes.append(0)
            let value = bytes.withUnsafeBytes { buffer in
                buffer.baseAddress.map { strtod(($0 + start).assumingMemoryBound(to: CChar.self), nil) } ?? 0
            }
            bytes.removeLast()
            guard let date = SerialDate(value),
                date.append(to: &bytes, format: format, startsIn1904: startsIn1904)
            else {
                bytes.removeLast(bytes.count - before)
                return add(.impossibleDate)
            }
            bytes.removeSubrange(start..<before)
            add(.date)
        }
    }

    /// A day without a time, as nearly all dates are.
    private mutating func finishDay(_ days: Int) -> Bool {
        guard case .date = format, let date = SerialDate(Double(days)) else { return false }
        let before = bytes.count
        guard date.append(to: &bytes, format: format, startsIn1904: startsIn1904) else { return false }
        bytes.removeSubrange(start..<before)
        add(.date)
        return true
    }

    private func wholeNumber(_ digits: ArraySlice<UInt8>) -> Int? {
        guard !digits.isEmpty, digits.count < 16, digits.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) else { return nil }
        return digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
    }

    /// The value, if it is a number of a few digits.
    private var plainNumber: Int? {
        guard bytes.count - start <= 7 else { return nil }
        var number = 0
        for place in start..<bytes.count {
            guard bytes[place] >= 0x30, bytes[place] <= 0x39 else { return nil }
            number = number * 10 + Int(bytes[place] - 0x30)
        }
        return number
    }

    private mutating func finishDate() {
        guard let text = ISODate.shortened(trimmed, format: format) else { return add(.malformed) }
        bytes.removeLast(bytes.count - start)
        bytes.append(contentsOf: text)
        add(.date)
    }

    /// Nothing but spaces.
    private mutating func addBlank() {
        bytes.removeLast(bytes.count - start)
        if cell.isFormula { add(.emptyFormula) }
    }

    /// Whether the value is a whole number as it is to be written: nearly all are.
    private var isPlainInteger: Bool {
        let count = bytes.count - start
        guard count <= 15, bytes[start] != 0x30 || count == 1 else { return false }
        for place in start..<bytes.count where bytes[place] < 0x30 || bytes[place] > 0x39 { return false }
        return true
    }

    private var trimmed: ArraySlice<UInt8> {
        var text = bytes[start...]
        while let first = text.first, first <= 0x20 { text = text.dropFirst() }
        while let last = text.last, last <= 0x20 { text = text.dropLast() }
        return text
    }
}
