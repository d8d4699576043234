/// A value of a row. The words are the names of columns in CSV and of values in JSON; they must not change.
package enum ReportColumn: String, CaseIterable, Sendable {
    // Of a contact, and of an attempt.
    case phone, state, reason, attempts, zaapId, messageId, httpStatus, error, instance, firstAttemptAt, lastAttemptAt
    case delivery, deliveryError, answer, answeredAt, calledBackAt, repliedAt
    case attempt, startedAt, endedAt, outcome, latencyMs
    // Of a rejected row, and of a duplicate.
    case rejectedFile, rejectedLine, rejectedReason, rejectedSuggestion, raw, rawBase64
    case file, line, firstFile, firstLine
}
