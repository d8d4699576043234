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
    static func attempt(_ row: Row, from start: Int, of phone: PhoneNumber) throws -> AttemptRow {
        var attempt = AttemptRow(
            phone: phone, number: try row.decode(atIndex: start), instance: try row.decode(atIndex: start + 1),
            startedAt: Timestamp(milliseconds: try row.decode(atIndex: start + 2)))
        attempt.endedAt = moment(try row.decode(atIndex: start + 3))
        attempt.outcome = try row.decode(String?.self, atIndex: start + 4).map { try word($0) }
        attempt.httpStatus = try row.decode(atIndex: start + 5)
        attempt.error = try row.decode(atIndex: start + 6)
        let receipt = CallReceipt(
            zaapId: try row.decode(atIndex: start + 7), messageId: try row.decode(atIndex: start + 8))
        if receipt.zaapId != nil || receipt.messageId != nil { attempt.receipt = receipt }
        attempt.latencyMilliseconds = try row.decode(atIndex: start + 9)
        attempt.delivery = try row.decode(String?.self, atIndex: start + 10).map { try word($0) }
        attempt.deliveryError = try row.decode(atIndex: start + 11)
        attempt.deliveredAt = moment(try row.decode(atIndex: start + 12))
        attempt.answer = try row.decode(String?.self, atIndex: start + 13).map { try word($0) }
        attempt.answeredAt = moment(try row.decode(atIndex: start + 14))
        return attempt
    }
}
