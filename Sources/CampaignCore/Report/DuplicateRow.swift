/// A number of a list that became no contact of its own.
public struct DuplicateRow: Hashable, Sendable {
    /// The list.
    public var file: String
    /// The line of it that the row begins on, from 1.
    public var line: Int
    /// The number.
    public var phone: PhoneNumber
    /// Why it became no contact.
    public var reason: DuplicateReason
    /// The list that the campaign has the number from; nil when it has it from none.
    public var firstFile: String?
    /// The line of that list; nil when it was not kept.
    public var firstLine: Int?

    /// A row; set where the number came from first, if it did.
    public init(file: String, line: Int, phone: PhoneNumber, reason: DuplicateReason) {
        self.file = file
        self.line = line
        self.phone = phone
        self.reason = reason
    }
}
