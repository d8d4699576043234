/// One row of a list, as it is understood.
public enum ListRow: Hashable, Sendable {
    /// Somebody to call.
    case contact(ListContact)
    /// A row that cannot be taken.
    case reject(ListReject)
    /// A row without content.
    case blank
}

/// Somebody to call.
public struct ListContact: Hashable, Sendable {
    /// Whom.
    public var phone: PhoneNumber
    /// Seconds the call should ring, 1…15; nil is the campaign's.
    public var callDuration: Int?
    /// The row's cells as they were written.
    public var own: [String]

    /// A contact.
    public init(phone: PhoneNumber, callDuration: Int?, own: [String]) {
        self.phone = phone
        self.callDuration = callDuration
        self.own = own
    }
}

/// A row that cannot be taken, with the reason.
public struct ListReject: Hashable, Sendable {
    /// The line it begins on, from 1.
    public var line: Int
    /// The row byte for byte, without its line end.
    public var raw: [UInt8]
    /// Its cells.
    public var own: [String]
    /// The stable code of the reason.
    public var reason: String
    /// One sentence with the remedy.
    public var suggestion: String

    /// A rejected row.
    public init(line: Int, raw: [UInt8], own: [String], reason: String, suggestion: String) {
        self.line = line
        self.raw = raw
        self.own = own
        self.reason = reason
        self.suggestion = suggestion
    }
}
