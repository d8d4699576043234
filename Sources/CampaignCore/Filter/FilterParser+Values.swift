extension FilterParser {
    /// The condition that compares a field with a value.
    func node(
        _ field: FilterField, named name: FilterToken, _ comparison: FilterToken.Comparison, with value: FilterToken
    ) throws(FilterError) -> ContactFilter.Node {
        switch comparison {
        case .unequal: return .not(try node(field, named: name, .equal, with: value))
        case .containsNot: return .not(try node(field, named: name, .contains, with: value))
        case .contains: return .condition(try containing(field, named: name, value))
        case .equal: return .condition(try ordered(field, named: name, .equal, value))
        case .below: return .condition(try ordered(field, named: name, .below, value))
        case .atMost: return .condition(try ordered(field, named: name, .atMost, value))
        case .above: return .condition(try ordered(field, named: name, .above, value))
        case .atLeast: return .condition(try ordered(field, named: name, .atLeast, value))
        }
    }

    private func containing(
        _ field: FilterField, named name: FilterToken, _ value: FilterToken
    ) throws(FilterError) -> FilterCondition {
        let text = FilterText.folded(value.content)
        guard !text.isEmpty else { throw FilterError(value.column, .value(.containsNothing(field: name.text))) }
        switch field {
        case .text(let field): return .text(field, .contains(text))
        case .own(let places): return .ownText(places, .contains(text))
        case .phone:
            let digits = text.filter { $0.isASCII && $0.isNumber }
            guard !digits.isEmpty else { throw FilterError(value.column, .value(.noDigits(value.content))) }
            return .phoneDigits(digits)
        case .state, .number, .moment:
            throw FilterError(
                name.column, .value(.senseless("~", field: name.text, comparisons: field.comparisons)))
        }
    }

    private func ordered(
        _ field: FilterField, named name: FilterToken, _ order: FilterOrder, _ value: FilterToken
    ) throws(FilterError) -> FilterCondition {
        let text = value.content
        // Unknown values can be tested for equality, and have no order.
        let isUnknown = text.isEmpty && order == .equal
        switch field {
        case .number(let field):
            return .number(field, order, isUnknown ? nil : try number(text, value.column, named: name.text))
        case .moment(let field):
            return .moment(field, order, isUnknown ? nil : try span(text, value.column, named: name.text))
        case .own(let places): return try own(places, order, text, value.column)
        case .state, .phone, .text:
            guard order == .equal else {
                throw FilterError(
                    name.column, .value(.senseless("< or >", field: name.text, comparisons: field.comparisons)))
            }
            return try equal(field, to: text, value.column)
        }
    }

    private func equal(_ field: FilterField, to text: String, _ column: Int) throws(FilterError) -> FilterCondition {
        if case .text(let field) = field { return .text(field, .equal(try word(text, of: field, column))) }
        if field == .state {
            let name = HeaderName(text).joined
            guard let state = CallState.allCases.first(where: { HeaderName($0.rawValue).joined == name }) else {
                throw FilterError(column, .value(.unknownState(text)))
            }
            return .state(state)
        }
        switch context.phones.read(text) {
        case .success(let phone): return .phone(identity: phone.identity)
        case .failure(let problem): throw FilterError(column, .value(.noPhone(text, problem)))
        }
    }

    /// What a text is compared with; a word that the field never has would silently choose nobody.
    private func word(_ text: String, of field: FilterField.Text, _ column: Int) throws(FilterError) -> String {
        guard let words = field.words, !text.isEmpty else { return text.lowercased() }
        let name = HeaderName(text).joined
        guard let word = words.first(where: { HeaderName($0).joined == name }) else {
            throw FilterError(column, .value(.unknownWord(text, field: field.rawValue, words: words)))
        }
        return word
    }

    private func own(
        _ places: [Int], _ order: FilterOrder, _ text: String, _ column: Int
    ) throws(FilterError) -> FilterCondition {
        let folded = text.lowercased()
        switch FilterNumber(text) {
        case .number(let number): return .own(places, order, text: folded, number: number)
        case .none: return .own(places, order, text: folded, number: nil)
        case .ambiguous:
            // Text can be compared for equality; an order would be a guess.
            guard order == .equal else { throw FilterError(column, .value(.ambiguousNumber(text))) }
            return .own(places, order, text: folded, number: nil)
        }
    }

    private func number(_ text: String, _ column: Int, named field: String) throws(FilterError) -> Double {
        switch FilterNumber(text) {
        case .number(let number): return number
        case .ambiguous: throw FilterError(column, .value(.ambiguousNumber(text)))
        case .none: throw FilterError(column, .value(.noNumber(text, field: field)))
        }
    }

    private func span(_ text: String, _ column: Int, named field: String) throws(FilterError) -> FilterSpan {
        guard let span = FilterSpan(text, utcOffset: context.utcOffset) else {
            throw FilterError(column, .value(.noMoment(text, field: field)))
        }
        return span
    }
}

extension FilterToken {
    /// What a value says, without its quotes.
    fileprivate var content: String {
        switch kind {
        case .word(let text), .quoted(let text), .bracketed(let text): text
        case .comparison, .open, .close, .comma, .end: text
        }
    }
}
