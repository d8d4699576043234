import CampaignCore
import GRDB

/// Values that the schema guarantees; anything else means that the file is damaged.
///
/// They are decoded, not subscripted: GRDB ends the process over a subscript whose value is missing.
enum StoredValue {
    /// Reads a word that a CHECK of the schema guarantees.
    static func word<Word: RawRepresentable>(_ text: String) throws -> Word where Word.RawValue == String {
        guard let word = Word(rawValue: text) else {
            throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "unknown word “\(text)”")
        }
        return word
    }

    /// Words as a list of SQL: `'failed', 'excluded'`.
    static func list<Word: RawRepresentable>(_ words: some Sequence<Word>) -> String where Word.RawValue == String {
        words.map { "'\($0.rawValue)'" }.joined(separator: ", ")
    }

    /// Rows for `json_each`: `[1,2,3]`.
    static func json(_ ids: [Int64]) -> String { "[" + ids.map { "\($0)" }.joined(separator: ",") + "]" }

    static func phone(_ value: Int64) throws -> PhoneNumber {
        guard let phone = PhoneNumber(value: value) else {
            throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "\(value) is not a phone number")
        }
        return phone
    }

    static func moment(_ milliseconds: Int64?) -> Timestamp? {
        milliseconds.map(Timestamp.init(milliseconds:))
    }

    /// Reads an attempt whose columns begin at `start` in the order number, instance, times, outcome, reply, latency,
    /// delivery, its error and time, answer, its time.
    static func attempt(_ row: HotStatement, from start: Int32, of phone: PhoneNumber) throws -> AttemptRow {
        var attempt = AttemptRow(
            phone: phone, number: Int(try row.requiredNumber(start)), instance: try row.requiredText(start + 1),
            startedAt: Timestamp(milliseconds: try row.requiredNumber(start + 2)))
        attempt.endedAt = moment(try row.storedNumber(start + 3))
        attempt.outcome = try row.storedText(start + 4).map(word)
        attempt.httpStatus = try row.storedNumber(start + 5).map(Int.init)
        attempt.error = try row.storedText(start + 6)
        // Empty where the person was forgotten.
        let ids = try [row.storedText(start + 7), row.storedText(start + 8)].map { $0 == "" ? nil : $0 }
        let receipt = CallReceipt(zaapId: ids[0], messageId: ids[1])
        if receipt.zaapId != nil || receipt.messageId != nil { attempt.receipt = receipt }
        attempt.latencyMilliseconds = try row.storedNumber(start + 9).map(Int.init)
        attempt.delivery = try row.storedText(start + 10).map(word)
        attempt.deliveryError = try row.storedText(start + 11)
        attempt.deliveredAt = moment(try row.storedNumber(start + 12))
        attempt.answer = try row.storedText(start + 13).map(word)
        attempt.answeredAt = moment(try row.storedNumber(start + 14))
        return attempt
    }
}
