/// Somebody who may use the dashboard.
package struct StoredUser: Hashable, Sendable {
    package var name: String
    package var level: DashboardLevel
    /// Nil: signs in by one-time links only.
    package var password: StoredPassword?
    package var createdAt: Timestamp
    /// When the level or the password was last set.
    package var changedAt: Timestamp

    package init(
        name: String, level: DashboardLevel, password: StoredPassword?, createdAt: Timestamp, changedAt: Timestamp
    ) {
        self.name = name
        self.level = level
        self.password = password
        self.createdAt = createdAt
        self.changedAt = changedAt
    }

    /// Whether a user, or a token, may have a name: 1 to 40 letters, digits, dots, underscores and dashes, of ASCII.
    package static func isName(_ text: String) -> Bool {
        (1...40).contains(text.utf8.count)
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-"):
                    true
                default: false
                }
            }
    }
}
