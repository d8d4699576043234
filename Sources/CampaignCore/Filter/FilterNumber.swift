/// A number as lists and people write it: `200`, `-1.5`, `1,50`, `R$ 1.234,56`, `1 234`.
///
/// Comma and period are decimal signs in some countries and group thousands in others: what can be read in two ways is
/// not guessed.
enum FilterNumber: Hashable {
    case number(Double)
    /// `1.500` is fifteen hundred in Brazil, and one and a half elsewhere.
    case ambiguous
    case none

    /// More digits than a floating-point number can represent: then it is a code, not an amount.
    private static let maxDigits = 15

    init(_ text: String) {
        var signs = text.filter { !$0.isWhitespace }[...]
        let isNegative = signs.first == "-"
        if isNegative || signs.first == "+" { signs = signs.dropFirst() }
        if signs.hasPrefix("R$") { signs = signs.dropFirst(2) }
        let digits = signs.count { $0.isASCII && $0.isNumber }
        let isPlain = signs.allSatisfy { $0.isASCII && ($0.isNumber || $0 == "." || $0 == ",") }
        guard isPlain, 1...Self.maxDigits ~= digits, signs.first?.isNumber ?? false else {
            self = .none
            return
        }
        switch Self.decimalSign(of: signs) {
        case .failure(.ambiguous): self = .ambiguous
        case .failure: self = .none
        case .success(let sign):
            let plain = signs.compactMap { $0 == sign ? "." : $0.isNumber ? String($0) : nil }.joined()
            self = Double(plain).map { .number(isNegative ? -$0 : $0) } ?? .none
        }
    }

    private enum Trouble: Error {
        case ambiguous, malformed
    }

    /// The sign in front of the decimals; nil where there are none.
    private static func decimalSign(of text: Substring) -> Result<Character?, Trouble> {
        let marks = text.filter { !$0.isNumber }
        guard let last = marks.last else { return .success(nil) }
        let parts = text.split(omittingEmptySubsequences: false) { !$0.isNumber }
        guard let decimals = parts.last, !decimals.isEmpty else { return .failure(.malformed) }
        if marks.count == 1 {
            let isGroup = decimals.count == 3 && 1...3 ~= (parts.first?.count ?? 0) && parts.first != "0"
            return isGroup ? .failure(.ambiguous) : .success(last)
        }
        let groups = marks.dropLast()
        let isLastAlone = !groups.contains(last)
        guard Set(groups).count == 1, areGroups(parts[...], hasDecimals: isLastAlone) else {
            return .failure(.malformed)
        }
        return .success(isLastAlone ? last : nil)
    }

    /// Thousands are in groups of three.
    private static func areGroups(_ parts: ArraySlice<Substring>, hasDecimals: Bool) -> Bool {
        let whole = hasDecimals ? parts.dropLast() : parts
        return 1...3 ~= (whole.first?.count ?? 0) && whole.dropFirst().allSatisfy { $0.count == 3 }
    }
}
