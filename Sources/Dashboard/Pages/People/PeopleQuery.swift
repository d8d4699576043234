package import CampaignCore

/// Which people of a campaign are wanted, as it stands in the address of a page.
package struct PeopleQuery: Hashable, Sendable {
    package var state: CallState?
    package var reason: String?
    package var instance: String?
    package var answer: Answer?
    package var delivery: Delivery?
    /// One person, by their number.
    package var phone: String?
    /// A part of a name, a number, or any other cell.
    package var text: String?
    /// As after `--where`.
    package var expression: String?
    /// Where the page before ended; nil for the first page.
    package var after: String?

    package init() {}

    /// Who did not answer, and has not called back or written since: as a campaign that redials by itself chooses.
    static let callBack: PeopleQuery = {
        var query = PeopleQuery()
        query.answer = .notAnswered
        query.expression = "calledBackAt = \"\" and repliedAt = \"\""
        return query
    }()

    /// - Throws: ``DashboardError`` for words that are not any of ours.
    package init(_ fields: FormFields) throws(DashboardError) {
        state = try Self.word(fields, "state")
        answer = try Self.word(fields, "answer")
        delivery = try Self.word(fields, "delivery")
        reason = fields.text("reason")
        instance = fields.text("instance")
        phone = fields.text("phone")
        text = fields.text("text")
        expression = fields.text("where")
        after = fields.text("after")
    }

    private static func word<Word: RawRepresentable>(
        _ fields: FormFields, _ name: String
    ) throws(DashboardError) -> Word? where Word.RawValue == String {
        guard let text = fields.text(name) else { return nil }
        guard let word = Word(rawValue: text) else {
            throw .invalid(Phrase("“\(text)” is not a value of \(name).", "“\(text)” não é um valor de \(name)."))
        }
        return word
    }

    /// Whether it means everybody.
    package var isAll: Bool { values.isEmpty }

    /// What chooses people, without the place of the page.
    package var values: [(name: String, value: String)] {
        let all: [(String, String?)] = [
            ("state", state?.rawValue), ("reason", reason), ("instance", instance), ("answer", answer?.rawValue),
            ("delivery", delivery?.rawValue), ("phone", phone), ("text", text), ("where", expression),
        ]
        return all.compactMap { name, value in value.map { (name, $0) } }
    }

    /// A path with this as its query.
    ///
    /// - Parameter after: where the page before ended.
    package func address(_ path: String, after: String? = nil) -> String {
        var fields = FormFields()
        for (name, value) in values { fields.append(name, value) }
        if let after { fields.append("after", after) }
        return fields.fields.isEmpty ? path : "\(path)?\(fields.encoded)"
    }
}
