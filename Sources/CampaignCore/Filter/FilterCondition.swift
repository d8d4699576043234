/// One comparison of a filter. `!=`, `!~` and `in` are made of these by ``ContactFilter/Node``.
enum FilterCondition: Hashable, Sendable, Codable {
    case state(CallState)
    /// The number, however it is written.
    case phone(identity: Int64)
    /// The number contains these digits.
    case phoneDigits(String)
    case text(FilterField.Text, FilterText)
    /// A number; nil stands for an unknown one.
    case number(FilterField.Number, FilterOrder, Double?)
    /// A time; nil stands for an unknown one.
    case moment(FilterField.Moment, FilterOrder, FilterSpan?)
    /// The text of the first non-empty cell among those at these indexes.
    case ownText([Int], FilterText)
    /// The same as a number; nil compares as text.
    case own([Int], FilterOrder, text: String, number: Double?)
    /// A text in any cell, or digits in the number; see ``TextSearch``.
    case search(String)

    func holds(for contact: ContactRow) -> Bool {
        switch self {
        case .state(let state): return contact.state == state
        case .phone(let identity): return contact.phone.identity == identity
        case .phoneDigits(let digits): return contact.phone.text.contains(digits)
        case .text(let field, let text): return text.holds(for: field.value(of: contact) ?? "")
        case .number(let field, let order, let number):
            return order.holds(field.value(of: contact).map(Double.init), number)
        case .moment(let field, let order, let span):
            guard let moment = field.value(of: contact), let span else {
                return order == .equal && field.value(of: contact) == nil && span == nil
            }
            return span.holds(order, for: moment)
        case .ownText(let places, let text): return text.holds(for: Self.cell(of: contact, at: places))
        case .own(let places, let order, let text, let number):
            return Self.holds(Self.cell(of: contact, at: places), order, text, number)
        case .search(let text): return TextSearch(text)?.matches(contact) ?? false
        }
    }

    /// Lists that name one column “Nome” and “NOME” give two columns, of which each contact fills one.
    private static func cell(of contact: ContactRow, at places: [Int]) -> String {
        let cells = places.lazy.filter { contact.own.indices.contains($0) }.map { contact.own[$0] }
        return cells.first { !$0.isEmpty } ?? ""
    }

    /// Numbers compare as numbers. Compared with a number, a cell without one equals only its exact text.
    private static func holds(_ cell: String, _ order: FilterOrder, _ text: String, _ number: Double?) -> Bool {
        if let number, case .number(let found) = FilterNumber(cell) { return order.holds(found, number) }
        let folded = cell.lowercased()
        if order == .equal { return folded == text }
        return number == nil && !folded.isEmpty && order.holds(folded, text)
    }
}

/// How two values must compare.
enum FilterOrder: String, Hashable, Sendable, Codable {
    case equal, below, atMost, above, atLeast

    /// Whether `value` compares to `bound` in this way; an unknown value equals only another unknown one.
    func holds<Value: Comparable>(_ value: Value?, _ bound: Value?) -> Bool {
        guard let value, let bound else { return self == .equal && value == nil && bound == nil }
        return switch self {
        case .equal: value == bound
        case .below: value < bound
        case .atMost: value <= bound
        case .above: value > bound
        case .atLeast: value >= bound
        }
    }
}

/// A text to be equal to, without case, or to contain, without case and accents.
enum FilterText: Hashable, Sendable, Codable {
    /// In lower case.
    case equal(String)
    /// Folded.
    case contains(String)

    func holds(for value: String) -> Bool {
        switch self {
        case .equal(let text): value.lowercased() == text
        case .contains(let text): Self.folded(value).contains(text)
        }
    }

    /// A text without case and accents, as ``TextSearch`` compares letters; other characters stay as they are.
    static func folded(_ text: String) -> String {
        let small = text.lowercased()
        guard !small.utf8.allSatisfy({ $0 < 0x80 }) else { return small }
        var folded = ""
        for scalar in small.unicodeScalars where !("\u{300}"..."\u{36F}" ~= scalar) {
            let plain = scalar.plainLetter
            if plain.isEmpty { folded.unicodeScalars.append(scalar) } else { folded += plain }
        }
        return folded
    }
}
