import CampaignCore
import Foundation

/// Reads the parameters of an address, as strictly as a body.
struct RequestQuery {
    static let mostEntries = 500
    static let usualEntries = 50
    /// A cursor, an expression or a text that is longer is no use to anybody.
    private static let longest = 2_000

    private let fields: FormFields
    private var known: [String] = []
    private(set) var faults: [RequestFault] = []

    init(_ fields: FormFields) { self.fields = fields }

    mutating func text(_ name: String) -> String? {
        known.append(name)
        let values = fields.all(name)
        if values.count > 1 { note(name, "The parameter occurs twice: send it once.") }
        guard let value = values.first, !value.isEmpty else { return nil }
        guard value.utf8.count <= Self.longest else {
            note(name, "The value is too long: \(Self.longest) bytes at most.")
            return nil
        }
        return value
    }

    mutating func integer(_ name: String, in range: ClosedRange<Int>) -> Int? {
        guard let text = text(name) else { return nil }
        if let number = Int(text), range.contains(number) { return number }
        note(name, "Write a whole number from \(range.lowerBound) to \(range.upperBound).")
        return nil
    }

    mutating func truth(_ name: String) -> Bool? {
        guard let text = text(name) else { return nil }
        if let truth = Bool(text) { return truth }
        note(name, "Write true or false.")
        return nil
    }

    mutating func word<Word: RawRepresentable<String> & CaseIterable>(_ name: String, _ type: Word.Type) -> Word? {
        guard let text = text(name) else { return nil }
        if let word = Word(rawValue: text) { return word }
        note(name, "Write one of \(Word.allCases.map(\.rawValue).joined(separator: ", ")).")
        return nil
    }

    /// A moment in ISO 8601, such as `2026-11-28T09:00:00-03:00`.
    mutating func moment(_ name: String) -> Timestamp? {
        guard let text = text(name) else { return nil }
        if let moment = Timestamp(iso8601: text) { return moment }
        note(name, "Write a time such as 2026-11-28T09:00:00-03:00.")
        return nil
    }

    mutating func page() -> APIPage {
        let limit = integer("limit", in: 1...Self.mostEntries) ?? Self.usualEntries
        return APIPage(cursor: text("cursor"), limit: limit)
    }

    mutating func note(_ name: String, _ detail: String) { faults.append(RequestFault(name, detail)) }

    /// Throws the faults, if there are any; parameters that nobody has asked for are faults as well.
    mutating func finish() throws {
        for name in Set(fields.fields.map(\.name)).sorted() where !known.contains(name) {
            let choice = known.isEmpty ? "this address takes none" : "they are \(known.joined(separator: ", "))"
            note(RequestBodyReader.shown(name), "There is no such parameter: \(choice).")
        }
        guard faults.isEmpty else { throw RequestRefusal(faults) }
    }
}

/// Some entries of a long list.
package struct APIPage: Hashable, Sendable {
    /// `next` of the page before; nil for the first one.
    package var cursor: String?
    package var limit: Int
}

extension Timestamp {
    /// A moment in ISO 8601 with its zone, and perhaps with parts of a second; nil for anything else.
    init?(iso8601 text: String) {
        let styles = [false, true].map { Date.ISO8601FormatStyle(includingFractionalSeconds: $0) }
        guard let date = styles.lazy.compactMap({ try? $0.parse(text) }).first else { return nil }
        self.init(milliseconds: Int64((date.timeIntervalSince1970 * 1000).rounded()))
    }
}
