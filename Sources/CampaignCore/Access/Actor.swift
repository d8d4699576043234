/// Who does something.
package struct Actor: Codable, Hashable, Sendable {
    package enum Kind: String, Codable, Hashable, Sendable, CaseIterable {
        /// Somebody at the command line, by the name of the operating system's user.
        case terminal
        /// A user of the dashboard.
        case dashboard
        /// A program, by the name of its token.
        case api
    }

    package var kind: Kind
    package var name: String

    package init(_ kind: Kind, _ name: String) {
        self.kind = kind
        self.name = name
    }
}
