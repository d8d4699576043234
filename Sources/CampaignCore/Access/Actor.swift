/// Who does something to a database, and from where.
package struct Actor: Hashable, Codable, Sendable {
    package enum Kind: String, CaseIterable, Codable, Sendable {
        /// A command.
        case terminal
        /// Somebody who is signed in to the dashboard.
        case dashboard
        /// A program with a token.
        case api
    }

    package var kind: Kind
    /// The user of the machine, such as `ana (uid 1000)`; the user of the dashboard; or the token's name.
    package var name: String

    package init(_ kind: Kind, _ name: String) {
        (self.kind, self.name) = (kind, name)
    }
}
