/// Digits that are not quantities (phones, postal codes, ids), and how a CSV cell gets them into Excel unchanged.
///
/// Excel takes a cell of digits for a quantity, with or without quotes: it drops leading zeros, shows 12 digits and
/// more as `5,51E+12`, and writes exactly that when the file is saved. `="…"` is a formula whose value is the text, and
/// it is saved as the text.
enum ExcelText {
    /// Maximum length of a text in an Excel formula.
    private static let longest = 255
    /// Excel shows up to 11 digits in full.
    private static let maxDigitsShown = 11

    /// A number with `+` and fewer digits may be meant as a quantity.
    private static let fewestDigitsOfPhone = 7

    /// Whether Excel would show something other than `cell`, although its characters are meant literally: digits after a
    /// leading zero, 12 digits or more, a phone with `+`, an id that reads as a power of ten (`12E5`).
    static func isNeeded(for cell: String) -> Bool {
        guard let first = cell.utf8.first, cell.utf8.count <= longest else { return false }
        let hasPlus = first == UInt8(ascii: "+")
        var digits = 0
        var exponents = 0
        var signs = 0
        for byte in hasPlus ? cell.utf8.dropFirst() : cell.utf8[...] {
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): digits += 1
            case UInt8(ascii: "E"), UInt8(ascii: "e"): exponents += 1
            case UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: " "):
                signs += 1
            default: return false
            }
        }
        if hasPlus { return exponents == 0 && digits >= fewestDigitsOfPhone }
        if signs > 0 { return false }
        if exponents > 0 { return exponents == 1 && isDigit(first) && cell.utf8.last.map(isDigit) ?? false }
        return digits > maxDigitsShown || (digits > 1 && first == UInt8(ascii: "0"))
    }

    /// The formula whose value is `cell`; only for cells for which ``isNeeded(for:)`` is true, which contain no quotes.
    static func formula(for cell: String) -> String {
        "=\"" + cell + "\""
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte
    }
}
