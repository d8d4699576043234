/// A number of a list that became no contact of its own.
package struct DuplicateRow: Hashable, Sendable {
    /// The list.
    package var file: String
    /// The line of it that the row begins on, from 1.
    package var line: Int
    /// The number.
    package var phone: PhoneNumber
    /// Why it became no contact.
    package var reason: DuplicateReason
    /// The list that the campaign has the number from; nil when it has it from none.
    package var firstFile: String?
    /// The line of that list; nil when it was not kept.
    package var firstLine: Int?

    /// A row; set where the number came from first, if it did.
    package init(file: String, line: Int, phone: PhoneNumber, reason: DuplicateReason) {
        self.file = file
        self.line = line
        self.phone = phone
        self.reason = reason
    }
}
