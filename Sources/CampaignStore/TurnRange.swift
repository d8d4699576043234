/// The two stretches of a campaign's queue, in the order of its turns.
///
/// Asked for one by one, since contacts that an import has not brought in yet stand between them: SQLite would step over
/// each of those to find who comes behind.
enum TurnRange: CaseIterable {
    /// Those who were never put off: turn 0.
    case atOnce
    /// Those who wait before another try, or for their hours. They all have been there before.
    case later

    /// True of its contacts, in a statement on contact_row.
    var contacts: String {
        switch self {
        case .atOnce: "due_at = 0 AND \(Self.isThere)"
        case .later: "due_at > 0"
        }
    }

    /// True of those that are due, where ?2 is the present moment.
    var isDue: String {
        switch self {
        case .atOnce: "\(contacts) AND ?2 IS NOT NULL"
        case .later: "\(contacts) AND due_at <= ?2"
        }
    }

    /// True of a row of contact_row that no import is still bringing in.
    static let isThere = "id < (SELECT contacts_end FROM store)"
}
