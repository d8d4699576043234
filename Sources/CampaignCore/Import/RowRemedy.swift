/// What to do about a rejected row. The database keeps the English sentence; it is found again by ``phrases``.
enum RowRemedy {
    static let callDuration = Phrase(
        "Write whole seconds from 1 to 15, or leave the cell empty.",
        "Escreva segundos inteiros de 1 a 15, ou deixe a célula vazia.")

    static let callingCode = Phrase(
        "Write the country's calling code in digits, such as 55, or leave the cell empty.",
        "Escreva o código do país em dígitos, como 55, ou deixe a célula vazia.")

    /// Of an address that cannot be used.
    static func address(_ fault: WebAddress.Fault) -> Phrase {
        Phrase { language in
            let message = fault.message[language]
            return message.prefix(1).uppercased() + message.dropFirst()
                + ": \(fault.remedy[language]), \(language.text("or leave the cell empty", "ou deixe a célula vazia"))."
        }
    }

    /// - Parameter cells: how many the row has, where that is worth saying.
    static func tooManyCells(_ cells: String?) -> Phrase {
        Phrase { language in
            let count =
                cells.map { language.text("\($0) cells, more", "\($0) células, mais") }
                ?? language.text("more cells", "mais células")
            return language.text(
                "The row has \(count) than the header; put quotes around a cell that contains the delimiter.",
                "A linha tem \(count) que o cabeçalho; ponha entre aspas a célula que contém o separador.")
        }
    }

    /// Of a row that may be the rest of a cell whose quote opens on `line`.
    static func cut(isWide: Bool, line: String) -> Phrase {
        Phrase(
            "The row has \(isWide ? "more" : "fewer") cells than the header, and may be the rest of a cell: "
                + "correct the quote that opens on line \(line), or give the row as many cells as the header has.",
            "A linha tem \(isWide ? "mais" : "menos") células que o cabeçalho e pode ser o resto de uma célula: "
                + "corrija as aspas que abrem na linha \(line), ou dê à linha tantas células quantas o cabeçalho tem.")
    }

    static func strayQuote(_ line: String) -> Phrase {
        CSVError.strayQuote(line) + Phrase(verbatim: ": ") + CSVError.strayQuoteRemedy + Phrase(verbatim: ".")
    }

    static func unknownCountry(_ country: String) -> Phrase {
        Phrase(
            "No country has the calling code \(country); correct `country`.",
            "Nenhum país tem o código \(country); corrija `country`.")
    }

    /// Of a column that may have calling codes.
    ///
    /// - Parameters:
    ///   - column: its name, as it is shown.
    ///   - argument: how it is said to have them.
    static func unclearCallingCode(_ column: String, _ argument: String) -> Phrase {
        Phrase(
            "The column \(column) may contain calling codes, or a program's internal numbers: say which it is "
                + "with --columns \(argument), or --columns ddi=\(ColumnMatcher.none).",
            "A coluna \(column) pode ter códigos de país, ou números internos de um programa: diga qual é o caso "
                + "com --columns \(argument), ou --columns ddi=\(ColumnMatcher.none).")
    }

    /// Of a number without an area code, which a column may have.
    static func areaInColumn(_ column: String, _ argument: String) -> Phrase {
        Phrase(
            "Write the area code in front of the number; if the column \(column) has it, say so with --columns \(argument).",
            "Escreva o DDD antes do número; se a coluna \(column) o tem, diga isso com --columns \(argument).")
    }

    /// All of them, with ``RecordedText/slot(_:_:)`` for what is different each time. One that begins with the name of a
    /// column is found by ``RecordedWords``.
    static var phrases: [Phrase] {
        let (first, second) = (RecordedText.slot(0), RecordedText.slot(1))
        return PhoneProblem.allCases.map(\.remedy) + LocalTimeReader.Fault.allCases.map(\.remedy)
            + WebAddress.Fault.allCases.map(address) + [
                callDuration, callingCode, tooManyCells(nil), tooManyCells(first), cut(isWide: true, line: first),
                cut(isWide: false, line: first), strayQuote(first), unknownCountry(first),
                unclearCallingCode(first, second), areaInColumn(first, second),
            ]
    }
}
