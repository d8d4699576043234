/// What Excel takes for something other than the text that it is, and how a CSV cell gets it into Excel unchanged.
///
/// Excel guesses at every cell, with or without quotes: it drops leading zeros, shows 12 digits and more as `5,51E+12`,
/// makes dates of `1/2` and `mar/26`, times of `12:30` and `9 a`, amounts below zero of `(11)`, and writes exactly that
/// when the file is saved. `="…"` is a formula whose value is the text, and it is saved as the text.
///
/// What is certainly a quantity in Brazil (`1,5`, `1.234,56`, `-5`, `10%`, `R$ 5`) stays one, so that it can be added up:
/// only zeros at its end may not be shown. Where it is not certain, it stays text: that is seen, and easily undone.
enum ExcelText {
    /// Maximum length of a text in an Excel formula.
    private static let longest = 255
    /// Excel shows up to 11 digits in full.
    private static let maxDigitsShown = 11
    /// A number with `+` and fewer digits may be meant as a quantity.
    private static let fewestDigitsOfPhone = 7
    /// Longer texts are no dates.
    private static let longestDate = 40

    /// Whether Excel would make something else of `cell`.
    static func isNeeded(for cell: String) -> Bool {
        guard cell.utf8.count <= longest else { return false }
        var shape = Shape()
        for byte in cell.utf8 { shape.add(byte) }
        guard shape.digits > 0 else { return shape.mayBeWord && isWord(cell) }
        guard !shape.hasOthers else { return false }
        // What most cells are, in files of millions: plain digits, ids, names with a number.
        if shape.digits == cell.utf8.count {
            return shape.digits > maxDigitsShown || shape.digits > 1 && cell.utf8.first == UInt8(ascii: "0")
        }
        if shape.letters > 1, !maySpellDate(cell, shape) { return false }
        let text = cell.utf8.filter { $0 != 0x09 }
        let trimmed = text.drop { $0 == 0x20 }
        let bytes = Array(trimmed[...(trimmed.lastIndex { $0 != 0x20 } ?? trimmed.startIndex)])
        if bytes.first == UInt8(ascii: "+") { return isPhone(bytes, shape) }
        if shape.letters > 0 {
            return isPowerOfTen(bytes) || maySpellDate(cell, shape) && isSpelledDate(cell)
        }
        return isChangedNumber(bytes) || isDateOrTime(bytes, shape)
    }

    /// The formula whose value is `cell`; only for cells for which ``isNeeded(for:)`` is true, which contain no quotes.
    static func formula(for cell: String) -> String {
        "=\"" + cell + "\""
    }

    /// Which kinds of characters a cell has.
    private struct Shape {
        var digits = 0
        var letters = 0
        var colons = 0
        /// Digits in a row.
        var longestRun = 0
        /// Any that are in no number and no date, such as quotes.
        var hasOthers = false
        /// Whether the first one begins a word that Excel knows.
        var mayBeWord = false
        private var isFirst = true
        private var run = 0

        mutating func add(_ byte: UInt8) {
            if isFirst {
                mayBeWord = "tTfFvV#".utf8.contains(byte)
                isFirst = byte == 0x20
            }
            run = isDigit(byte) ? run + 1 : 0
            longestRun = max(longestRun, run)
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): digits += 1
            case 0x41...0x5A, 0x61...0x7A, 0x80...: letters += 1
            case UInt8(ascii: ":"): colons += 1
            case 0x20, 0x09, UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "+"), UInt8(ascii: ","),
                UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "/"):
                return
            default: hasOthers = true
            }
        }
    }

    /// Truth and errors, in Portuguese and English.
    private static func isWord(_ cell: String) -> Bool {
        let words: Set = [
            "true", "false", "verdadeiro", "falso", "#n/a", "#n/d", "#ref!", "#valor!", "#value!", "#div/0!", "#nome?",
            "#name?", "#núm!", "#num!", "#nulo!", "#null!",
        ]
        return cell.utf8.count <= 20 && words.contains(cell.lowercased().filter { $0 != " " })
    }

    /// `+55 11 98765-4321`, `+01`.
    private static func isPhone(_ bytes: [UInt8], _ shape: Shape) -> Bool {
        let rest = bytes.dropFirst()
        guard shape.letters == 0, rest.allSatisfy({ isDigit($0) || "()-. ".utf8.contains($0) }) else { return false }
        return shape.digits >= fewestDigitsOfPhone || rest.first == UInt8(ascii: "0") && isChangedNumber(Array(rest))
    }

    /// `12E5`, `1,5e-3`.
    private static func isPowerOfTen(_ bytes: [UInt8]) -> Bool {
        guard let first = bytes.first, isDigit(first) else { return false }
        let rest = bytes.drop { isDigit($0) || $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: ".") }
        guard let sign = rest.first, sign | 0x20 == UInt8(ascii: "e") else { return false }
        var exponent = rest.dropFirst()
        if let next = exponent.first, "+-".utf8.contains(next) { exponent = exponent.dropFirst() }
        return !exponent.isEmpty && exponent.allSatisfy(isDigit)
    }

    /// A number of which Excel would not show every digit, or which it takes for one below zero.
    private static func isChangedNumber(_ bytes: [UInt8]) -> Bool {
        let isInParentheses = bytes.count > 2 && bytes.first == UInt8(ascii: "(") && bytes.last == UInt8(ascii: ")")
        if isInParentheses { return isNumber(bytes.dropFirst().dropLast()) }
        if let last = bytes.last, "+-".utf8.contains(last) { return isNumber(bytes.dropLast()) }
        let number = bytes.first == UInt8(ascii: "-") ? bytes.dropFirst() : bytes[...]
        guard isNumber(number) else { return false }
        let hasLeadingZero = number.first == UInt8(ascii: "0") && number.dropFirst().first.map(isDigit) ?? false
        return number.count(where: isDigit) > maxDigitsShown || hasLeadingZero
    }

    /// Digits with one decimal comma at most, and dots only between thousands.
    private static func isNumber(_ bytes: ArraySlice<UInt8>) -> Bool {
        let parts = bytes.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
        guard let whole = parts.first, parts.count <= 2, parts.dropFirst().allSatisfy({ $0.allSatisfy(isDigit) })
        else { return false }
        let groups = whole.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard groups.allSatisfy({ !$0.isEmpty && $0.allSatisfy(isDigit) }) else { return false }
        return groups.count == 1 || groups[0].count <= 3 && groups.dropFirst().allSatisfy { $0.count == 3 }
    }

    /// `1/2`, `10-11`, `1.5`, `2026-11-30`, `1 1/2`, `12:30`, `30/11/2026 09:00`.
    private static func isDateOrTime(_ bytes: [UInt8], _ shape: Shape) -> Bool {
        guard let first = bytes.first, isDigit(first), !bytes.contains(where: { "()+".utf8.contains($0) })
        else { return false }
        if shape.colons > 0 { return true }
        let groups = bytes.split { !isDigit($0) }
        return bytes.contains { "/-.".utf8.contains($0) } && !bytes.contains(UInt8(ascii: ",")) && 2...3 ~= groups.count
            && groups.allSatisfy { $0.count <= 4 } && !isNumber(bytes[...])
    }

    private static let months: Set<String> = [
        "jan", "janeiro", "january", "ene", "enero", "fev", "fevereiro", "feb", "february", "febrero", "mar", "março",
        "marco", "march", "marzo", "abr", "abril", "apr", "april", "mai", "maio", "may", "mayo", "jun", "junho", "june",
        "junio", "jul", "julho", "july", "julio", "ago", "agosto", "aug", "august", "set", "setembro", "sep", "sept",
        "september", "septiembre", "out", "outubro", "oct", "october", "octubre", "nov", "novembro", "november",
        "noviembre", "dez", "dezembro", "dec", "december", "dic", "diciembre",
    ]

    /// Words that are in a date beside its month.
    private static let particles: Set<String> = ["de", "do", "of"]
    /// The halves of a day.
    private static let halves: Set<String> = ["a", "p", "am", "pm"]
    /// Every beginning of the words in dates.
    private static let beginnings = Set(
        months.union(particles).union(halves).flatMap { word in word.indices.map { String(word[...$0]) } })

    /// Whether a cell with letters is worth a look: ids have longer runs of digits than dates, and most names begin with a
    /// word that no date has.
    private static func maySpellDate(_ cell: String, _ shape: Shape) -> Bool {
        guard shape.longestRun <= 4, cell.utf8.count <= longestDate else { return false }
        let text = cell.utf8.drop { !isLetter($0) }
        let word = text.prefix(while: isLetter)
        guard !word.isEmpty else { return true }
        let start = Substring(word).lowercased()
        // Of a word such as “março” only what is before the “ç”.
        if word.endIndex < text.endIndex, text[word.endIndex] >= 0x80 { return beginnings.contains(start) }
        return months.contains(start) || particles.contains(start) || halves.contains(start)
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        0x61...0x7A ~= byte | 0x20 && byte < 0x80
    }

    /// `mar/26`, `5 de março de 2026`, `9:30 pm`, `9 a`.
    private static func isSpelledDate(_ cell: String) -> Bool {
        let parts = cell.lowercased().split { !$0.isLetter }.map(String.init)
        let groups = cell.utf8.split { !isDigit($0) }
        guard let last = parts.last, !cell.contains(where: { "()+".contains($0) }) else { return false }
        if halves.contains(last) {
            let end = cell.lowercased().filter { $0 != " " }
            return parts.count == 1 && end.hasSuffix(last) && groups.count <= 3 && groups.allSatisfy { $0.count <= 2 }
        }
        let named = parts.filter { !particles.contains($0) }
        return named.count == 1 && months.contains(named[0]) && groups.count <= 6
            && groups.allSatisfy { $0.count <= 4 }
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte
    }
}
