/// One row of a list, as it is understood. A row with several numbers gives several of these, one after another.
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
    /// The line of the list that the row begins on, from 1.
    public var line: Int
    /// Whom.
    public var phone: PhoneNumber
    /// Seconds the call should ring, 1…15; nil is the campaign's.
    public var callDuration: Int?
    /// The row's cells as they were written.
    public var cells: ListCells
    /// Whether an earlier number of the same row was handed out already.
    public var isExtra = false

    /// A contact whose cells were just read.
    public init(line: Int, phone: PhoneNumber, callDuration: Int?, cells: ListCells) {
        self.line = line
        self.phone = phone
        self.callDuration = callDuration
        self.cells = cells
    }

    /// A contact with cells from elsewhere than a list.
    public init(line: Int = 1, phone: PhoneNumber, callDuration: Int?, own: [String]) {
        self.init(line: line, phone: phone, callDuration: callDuration, cells: .texts(own))
    }

    /// The row's cells as texts.
    public var own: [String] { cells.strings }
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
    /// Whether an earlier number of the same row was handed out already.
    public var isExtra = false

    /// A rejected row.
    public init(line: Int, raw: [UInt8], own: [String], reason: String, suggestion: String) {
        self.line = line
        self.raw = raw
        self.own = own
        self.reason = reason
        self.suggestion = suggestion
    }
}
