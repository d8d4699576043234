/// What a list is to be like.
struct ContactListShape {
    /// One row in so many; nil is none.
    struct Share {
        var oneIn: Int?

        func isHit(_ random: inout SplitMix64) -> Bool {
            guard let oneIn else { return false }
            return random.next(below: oneIn) == 0
        }
    }

    /// Rows after the header.
    var rows: Int
    /// Columns, two at least: name, phone, contract, value, and then cities.
    var columns: Int
    /// Rows that repeat an earlier number, in whatever spelling.
    var repeatedNumbers: Share
    /// Rows without a usable number.
    var badRows: Share

    /// The phone's column in the header.
    static let phoneColumn = "telefone"

    var columnNames: [String] {
        let usual = ["nome", Self.phoneColumn, "contrato", "valor"]
        return usual.prefix(columns) + (4..<max(columns, 4)).map { "cidade\($0 - 3)" }
    }
}
