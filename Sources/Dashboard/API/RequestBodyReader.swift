import CampaignCore
import HTTPTypes

/// Reads the JSON object that a program sends, strictly: an unknown key, a wrong type or a name that occurs twice is a
/// fault. Faults are collected, for all of them to be told at once.
struct RequestBodyReader {
    private var members: [String: JSON] = [:]
    private var known: [String] = []
    private(set) var faults: [RequestFault] = []

    /// - Parameter bytes: an empty body is an empty object.
    init(_ bytes: [UInt8]) throws {
        guard !bytes.isEmpty else { return }
        guard let json = JSON(bytes[...]) else { throw DashboardError.malformedJSON }
        guard case .object(let all) = json else {
            throw RequestRefusal("body", "Send a JSON object, such as {}.")
        }
        for member in all where members.updateValue(member.value, forKey: member.name) != nil {
            faults.append(RequestFault(member.name, "The key occurs twice: send it once."))
        }
    }

    /// The value of a key that must be one of these words, or nil where it may be left out.
    mutating func word<Word: RawRepresentable<String> & CaseIterable>(
        _ key: String, _ type: Word.Type = Word.self
    ) -> Word? {
        let words = Word.allCases.map(\.rawValue).joined(separator: " or ")
        guard let text = text(key, isRequired: true, expected: words) else { return nil }
        if let word = Word(rawValue: text) { return word }
        faults.append(RequestFault(key, "“\(Self.shown(text))” is not one of the choices: write \(words)."))
        return nil
    }

    mutating func text(_ key: String, isRequired: Bool = false, expected: String = "a text") -> String? {
        switch take(key) {
        case .text(let text)?: return text
        case nil, .null?:
            if isRequired { faults.append(RequestFault(key, "The key is missing: write \(expected).")) }
        case .some: faults.append(RequestFault(key, "Write \(expected), in quotes."))
        }
        return nil
    }

    mutating func integer(_ key: String, in range: ClosedRange<Int>) -> Int? {
        switch take(key) {
        case nil, .null?: return nil
        case .number(let digits)?:
            if let number = Int(digits), range.contains(number) { return number }
        case .some: break
        }
        faults.append(
            RequestFault(key, "Write a whole number from \(range.lowerBound) to \(range.upperBound), without quotes."))
        return nil
    }

    mutating func truth(_ key: String) -> Bool? {
        switch take(key) {
        case nil, .null?: return nil
        case .truth(let truth)?: return truth
        case .some:
            faults.append(RequestFault(key, "Write true or false, without quotes."))
            return nil
        }
    }

    /// A moment in ISO 8601, such as `2026-11-28T09:00:00-03:00`; nil where it is left out.
    mutating func moment(_ key: String) -> Timestamp? {
        guard let text = text(key, expected: "a time such as 2026-11-28T09:00:00-03:00") else { return nil }
        if let moment = Timestamp(iso8601: text) { return moment }
        note(key, "Write a time such as 2026-11-28T09:00:00-03:00.")
        return nil
    }

    /// A list of texts with at least one of them; nil where it is left out.
    mutating func texts(_ key: String, atMost limit: Int) -> [String]? {
        switch take(key) {
        case nil, .null?: return nil
        case .list(let values)?:
            let texts = values.compactMap { if case .text(let text) = $0 { text } else { nil } }
            if texts.count == values.count, 1...limit ~= texts.count { return texts }
        case .some: break
        }
        faults.append(RequestFault(key, "Write a list of 1 to \(limit) texts, such as [\"5511999990001\"]."))
        return nil
    }

    mutating func note(_ field: String, _ detail: String) { faults.append(RequestFault(field, detail)) }

    /// Throws the faults, if there are any; keys that nobody has asked for are faults as well.
    mutating func finish() throws {
        for key in members.keys.sorted() where !known.contains(key) {
            let choice = known.isEmpty ? "send an empty object" : "the keys are \(known.joined(separator: ", "))"
            faults.append(RequestFault(Self.shown(key), "There is no such key: \(choice)."))
        }
        guard faults.isEmpty else { throw RequestRefusal(faults) }
    }

    private mutating func take(_ key: String) -> JSON? {
        known.append(key)
        return members[key]
    }

    /// A text of a stranger, short enough for a sentence.
    static func shown(_ text: String) -> String {
        text.unicodeScalars.count > 60 ? String(text.prefix(60)) + "…" : text
    }
}

extension DashboardError {
    static let malformedJSON = malformed("The body is not valid JSON: nothing was changed.")

    /// A body that cannot be read at all.
    static func malformed(_ detail: String) -> DashboardError {
        DashboardError(.badRequest, "malformed", Phrase(verbatim: detail))
    }

    static func unsupportedMediaType(_ accepted: [String]) -> DashboardError {
        let types = accepted.joined(separator: " or ")
        return DashboardError(
            .unsupportedMediaType, "unsupported-media-type",
            Phrase("Send a body of the type \(types).", "Envie um corpo do tipo \(types)."))
    }

    /// - Parameter limit: in words.
    static func tooLarge(_ limit: String) -> DashboardError {
        DashboardError(
            .contentTooLarge, "too-large",
            Phrase("A request has \(limit) at most: send several.", "Um pedido tem no máximo \(limit): envie vários."))
    }
}
