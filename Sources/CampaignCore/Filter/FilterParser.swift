/// A recursive-descent parser for filters: `or` of `and`s of conditions, each of which `not` may negate.
struct FilterParser {
    /// Maximum nesting of parentheses and `not`s: more than anyone writes, and few enough for the stack.
    private static let deepest = 100
    private static let foreignWords = ["&&": "and", "&": "and", "||": "or", "|": "or", "e": "and", "ou": "or"]

    let context: FilterContext
    private let tokens: [FilterToken]
    private var place = 0
    private var depth = 0

    /// - Parameter tokens: those of the whole text; the last one is its end.
    init(_ tokens: [FilterToken], _ context: FilterContext) {
        self.tokens = tokens
        self.context = context
    }

    mutating func parse() throws(FilterError) -> ContactFilter.Node {
        guard token.kind != .end else { throw FilterError(1, .empty) }
        let node = try alternatives()
        guard token.kind == .end else { throw afterCondition() }
        return node
    }

    /// The token to be read next; past the end it stays the end.
    private var token: FilterToken {
        tokens.indices.contains(place) ? tokens[place] : FilterToken(kind: .end, column: 1, text: "")
    }

    private mutating func take() -> FilterToken {
        defer { place += 1 }
        return token
    }

    private mutating func takes(word: String) -> Bool {
        guard token.isWord(word) else { return false }
        place += 1
        return true
    }

    private mutating func alternatives() throws(FilterError) -> ContactFilter.Node {
        var nodes = [try conjunction()]
        while takes(word: "or") { nodes.append(try conjunction()) }
        return nodes.count == 1 ? nodes[0] : .any(nodes)
    }

    private mutating func conjunction() throws(FilterError) -> ContactFilter.Node {
        var nodes = [try part()]
        while takes(word: "and") { nodes.append(try part()) }
        return nodes.count == 1 ? nodes[0] : .all(nodes)
    }

    private mutating func part() throws(FilterError) -> ContactFilter.Node {
        let first = token
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.deepest else { throw FilterError(first.column, .tooDeep(Self.deepest)) }
        // A column may be called “not”; then a comparison follows.
        if first.isWord("not"), !isComparison(at: place + 1) {
            place += 1
            return .not(try part())
        }
        guard first.kind == .open else { return try condition() }
        place += 1
        let inner = try alternatives()
        guard token.kind == .close else {
            throw token.kind == .end ? FilterError(first.column, .unclosed("(", by: ")")) : afterCondition()
        }
        place += 1
        return inner
    }

    private func isComparison(at place: Int) -> Bool {
        guard tokens.indices.contains(place), case .comparison = tokens[place].kind else { return false }
        return true
    }

    private mutating func condition() throws(FilterError) -> ContactFilter.Node {
        let name = take()
        let field = try field(name)
        let next = take()
        if case .comparison(let comparison) = next.kind {
            return try node(field, named: name, comparison, with: decimal(try value()))
        }
        if next.isWord("in") { return try anyOf(field, named: name) }
        if next.isWord("not"), takes(word: "in") { return .not(try anyOf(field, named: name)) }
        throw FilterError(next.column, .noComparison(next.text, field: name.text, field.comparisons))
    }

    private func field(_ name: FilterToken) throws(FilterError) -> FilterField {
        switch name.kind {
        case .word(let word):
            if let field = FilterField(word: word, columns: context.columns) { return field }
            throw FilterError(name.column, .unknownField(word, columns: context.columns))
        case .bracketed(let column):
            if let field = FilterField(column: column, columns: context.columns) { return field }
            throw FilterError(name.column, .unknownColumn(column, columns: context.columns))
        case .quoted(let text):
            throw FilterError(name.column, .quotedField(text))
        case .comparison, .open, .close, .comma, .end:
            throw FilterError(name.column, .noField(name.text))
        }
    }

    private mutating func value() throws(FilterError) -> FilterToken {
        let value = take()
        switch value.kind {
        case .quoted: return value
        case .word(let word):
            guard !["and", "or", "not", "in"].contains(word.lowercased()) else {
                throw FilterError(value.column, .noValue(word))
            }
            return value
        case .bracketed(let text):
            throw FilterError(value.column, .bracketedValue(text))
        case .comparison, .open, .close, .comma, .end:
            throw FilterError(value.column, .noValue(value.text))
        }
    }

    /// A value together with what follows its comma: outside a list `1234,50` is one number, as people write it.
    private mutating func decimal(_ whole: FilterToken) -> FilterToken {
        guard case .word(let word) = whole.kind, word.last?.isNumber == true, token.kind == .comma,
            token.column == whole.column + whole.text.count, tokens.indices.contains(place + 1)
        else { return whole }
        let rest = tokens[place + 1]
        guard case .word(let decimals) = rest.kind, rest.column == token.column + 1, decimals.first?.isNumber == true
        else { return whole }
        place += 2
        let text = word + "," + decimals
        return FilterToken(kind: .word(text), column: whole.column, text: text)
    }

    private mutating func anyOf(_ field: FilterField, named name: FilterToken) throws(FilterError) -> ContactFilter.Node
    {
        let opening = take()
        guard opening.kind == .open else { throw FilterError(opening.column, .noList(opening.text)) }
        var nodes: [ContactFilter.Node] = []
        while true {
            nodes.append(try node(field, named: name, .equal, with: try value()))
            let next = take()
            if next.kind == .close { return .any(nodes) }
            guard next.kind == .comma else {
                guard next.kind != .end else { throw FilterError(opening.column, .unclosed("(", by: ")")) }
                throw FilterError(next.column, .noComma(next.text))
            }
        }
    }

    /// The error for what follows a condition and neither joins it to another one nor ends anything.
    private func afterCondition() -> FilterError {
        if token.kind == .close { return FilterError(token.column, .strayParenthesis) }
        let meant = Self.foreignWords[token.text.lowercased()]
        return FilterError(token.column, .afterCondition(token.text, meant: meant))
    }
}
