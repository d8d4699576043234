/// The two stretches of a campaign's queue, in the order of its turns.
///
/// Asked for one by one, since contacts that an import has not brought in yet stand between them: SQLite would step over
/// each of those to find who comes behind.
enum TurnRange: CaseIterable {
    /// Those who were never put off: turn 0.
    case atOnce
    /// Those who wait before another try, or for their hours. They all have been there before.
    case later

    /// True of its contacts that are due, in a statement on contact_row whose ?2 is the present moment.
    var isDue: String {
        switch self {
        case .atOnce: "due_at = 0 AND \(Self.isThere) AND ?2 IS NOT NULL"
        case .later: "due_at > 0 AND due_at <= ?2"
        }
    }

    /// True of a row of contact_row that no import is still bringing in.
    static let isThere = "id < (SELECT contacts_end FROM store)"
}
